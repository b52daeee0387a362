using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Testing.Support.Logging;

/// <summary>Checks the event ids of every log method: operators filter and alert by them, so none is used twice or out of its range.</summary>
public static class EventIds
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The log methods of an assembly.</summary>
    public static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Attribute)> Of(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(AnyMethod))
        .Select(method => (method, method.GetCustomAttribute<LoggerMessageAttribute>()!))
        .Where(found => found.Item2 is not null);

    /// <summary>Every id used twice in these assemblies, and every id outside the range of its namespace.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <param name="ranges">The first and last id of each namespace, with those below it. The longest match counts.</param>
    public static IReadOnlyList<string> FindFaults(IReadOnlyList<Assembly> assemblies, IReadOnlyList<(string Namespace, int First, int Last)> ranges)
    {
        List<(MethodInfo Method, LoggerMessageAttribute Attribute)> all = [.. assemblies.SelectMany(Of)];
        List<string> faults = [.. all.GroupBy(found => found.Attribute.EventId).Where(group => group.Count() > 1)
            .Select(group => $"Event id {group.Key} is used by {string.Join(" and ", group.Select(found => Name(found.Method)))}.")];
        foreach ((MethodInfo method, LoggerMessageAttribute attribute) in all)
        {
            string home = method.DeclaringType!.Namespace ?? "";
            (string Namespace, int First, int Last)? range = ranges
                .Where(candidate => home == candidate.Namespace || home.StartsWith(candidate.Namespace + ".", StringComparison.Ordinal))
                .OrderByDescending(candidate => candidate.Namespace.Length)
                .Select(candidate => ((string, int, int)?)candidate)
                .FirstOrDefault();
            if (range is not { } known)
            {
                faults.Add($"Event id {attribute.EventId} of {Name(method)} is outside every range.");
            }
            else if (attribute.EventId < known.First || attribute.EventId > known.Last)
            {
                faults.Add($"Event id {attribute.EventId} of {Name(method)} is not in {known.First} to {known.Last}.");
            }
        }

        return faults;
    }

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
