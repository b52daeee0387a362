using System.Text.Json;

namespace Testing.Support.Processes;

/// <summary>gsctl as a process of its own, as an operator starts it.</summary>
public sealed class GsctlProcess : ChildProcess
{
    /// <summary>Starts it as the test's own user.</summary>
    /// <param name="arguments">Its arguments.</param>
    public GsctlProcess(params IEnumerable<string> arguments)
        : this([], arguments)
    {
    }

    private GsctlProcess(IReadOnlyList<string> launcher, IEnumerable<string> arguments)
        : base(launcher.Count > 0 ? launcher[0] : "dotnet", [.. launcher.Count > 0 ? [.. launcher.Skip(1), "dotnet"] : Array.Empty<string>(), BuiltProgram.Path("Gsctl", "gsctl"), .. arguments])
    {
    }

    /// <summary>The first line of its output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Lines[0]).RootElement;

    /// <summary>Starts it by way of a program that becomes it: <c>setpriv</c>.</summary>
    public static GsctlProcess Launch(IReadOnlyList<string> launcher, params IEnumerable<string> arguments) => new(launcher, arguments);
}
