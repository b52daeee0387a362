using System.Text.Json;

namespace Testing.Support.Processes;

/// <summary>
/// The real chat client as a process of its own. It listens to SIGINT whoever runs the tests: in the background that may be ignored, and is inherited.
/// </summary>
public sealed class ClientProcess(params IEnumerable<string> arguments)
    : ChildProcess("env", ["--default-signal=INT", "dotnet", BuiltProgram.Path("ChatClient"), .. arguments])
{
    /// <summary>Each line of output as JSON; fails where one is not.</summary>
    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(static line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Those that are results.</summary>
    public IReadOnlyList<JsonElement> Results => [.. Json.Where(static line => line.GetProperty("type").GetString() == "result")];
}
