using IpcBench.Mechanisms;
using IpcBench.Running;

namespace IpcBench;

/// <summary>What can be chosen.</summary>
internal static class MechanismList
{
    private const int IdWidth = 16;

    /// <summary>Prints it.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> PrintAsync(TextWriter output)
    {
        foreach (IGrouping<string, Mechanism> sides in MechanismCatalogue.All.GroupBy(mechanism => mechanism.Id))
        {
            Mechanism first = sides.First();
            IEnumerable<Side> names = (first.HasC ? new[] { Side.C } : []).Concat(sides.Select(side => side.Side));
            string reason = first.MissingReason is { } missing ? $"  not here: {missing}" : "";
            await output.WriteLineAsync($"{first.Id.PadRight(IdWidth)}{first.Title} ({string.Join(", ", names.Select(SideNames.Of))}){reason}");
        }

        return 0;
    }
}
