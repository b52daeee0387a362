using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>Which daemons a scope names.</summary>
internal static class Victims
{
    public static IEnumerable<SupervisedDaemon> Of(FaultWorld world, FaultScope scope)
    {
        if (scope.HasFlag(FaultScope.Chat))
        {
            yield return world.Chat;
        }

        if (scope.HasFlag(FaultScope.Channel))
        {
            yield return world.Channel;
        }
    }
}
