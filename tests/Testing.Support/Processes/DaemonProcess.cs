using System.Diagnostics;

namespace Testing.Support.Processes;

/// <summary>chatD or channelD as a process of its own, as an operator starts it.</summary>
public sealed class DaemonProcess : ChildProcess
{
    /// <summary>Starts it as the test's own user, in the test's own namespaces.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="arguments">Its options.</param>
    public DaemonProcess(string name, params IEnumerable<string> arguments)
        : base("dotnet", [BuiltProgram.Path(name), .. arguments])
    {
    }

    private DaemonProcess(string program, string[] arguments)
        : base(program, arguments)
    {
    }

    /// <summary>Starts it by way of a program that becomes it: <c>nsenter</c>, <c>setpriv</c>.</summary>
    /// <param name="launcher">The program and its own arguments; none to start the daemon itself.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="arguments">Its options.</param>
    public static DaemonProcess Launch(IReadOnlyList<string> launcher, string name, IEnumerable<string> arguments)
    {
        string[] command = [.. launcher, "dotnet", BuiltProgram.Path(name), .. arguments];
        return new DaemonProcess(command[0], command[1..]);
    }

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
