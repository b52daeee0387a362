using System.Diagnostics;

namespace Testing.Support.Processes;

/// <summary>chatD or channelD as a process of its own, as an operator starts it.</summary>
/// <param name="name">The project's name.</param>
/// <param name="arguments">Its options.</param>
public sealed class DaemonProcess(string name, params IEnumerable<string> arguments) : ChildProcess("dotnet", [BuiltProgram.Path(name), .. arguments])
{
    /// <summary>Asks it to stop and waits for its end.</summary>
    /// <returns>The exit code, and how long it took from the signal to the end of the process.</returns>
    public async Task<(int ExitCode, TimeSpan Duration)> StopAsync()
    {
        long signalled = Stopwatch.GetTimestamp();
        Terminate();
        int exitCode = await ExitAsync();
        return (exitCode, Stopwatch.GetElapsedTime(signalled));
    }
}
