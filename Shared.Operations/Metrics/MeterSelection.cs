using System.Diagnostics.Metrics;

namespace Shared.Operations.Metrics;

/// <summary>The meters that are shown: those of these daemons, of the runtime, and of Kestrel.</summary>
internal static class MeterSelection
{
    private const string Own = "GameServers.";
    private const string Runtime = "System.Runtime";
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>The names, with <c>*</c> for any ending.</summary>
    public static IReadOnlyList<string> Names => [Own + "*", Runtime, Kestrel];

    /// <summary>Whether a meter is among them.</summary>
    public static bool Includes(Meter meter) => meter.Name.StartsWith(Own, StringComparison.Ordinal) || meter.Name is Runtime or Kestrel;
}
