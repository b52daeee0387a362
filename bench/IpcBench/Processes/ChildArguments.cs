using System.Text.Json;
using IpcBench.Mechanisms;

namespace IpcBench.Processes;

/// <summary>What this program, started once more, is told: which side of which mechanism it is, and where they meet.</summary>
/// <param name="Id">The mechanism's id.</param>
/// <param name="Side">Whose code.</param>
/// <param name="IsAnswerer">Whether it answers; else it asks.</param>
/// <param name="Place">Where.</param>
internal sealed record ChildArguments(string Id, Side Side, bool IsAnswerer, Place Place)
{
    /// <summary>The verb on the command line before it; not for people.</summary>
    internal const string Verb = "child";

    /// <summary>As one argument.</summary>
    internal string ToArgument() => JsonSerializer.Serialize(this);

    /// <summary>From one argument.</summary>
    internal static ChildArguments Parse(string argument) =>
        JsonSerializer.Deserialize<ChildArguments>(argument) ?? throw new JsonException("No child is named.");
}
