using System.Diagnostics;
using Testing.Support.Folders;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Hosting;

/// <summary>The daemon of the tests as a process of its own. Its working directory is a folder of its own; it is killed when disposed.</summary>
internal sealed class TestDaemon : IDisposable
{
    private const int SigTerm = 15;
    private const int SigInt = 2;

    private readonly Process _process;
    private readonly string _progressFile;
    private readonly Task<string>? _standardOutput;

    private TestDaemon(TempFolder folder, bool readOutput, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        _progressFile = folder.File("progress");
        // Whoever runs the tests in the background may have had SIGINT ignored, and daemons inherit that. `env` becomes the daemon.
        ProcessStartInfo start = new("env")
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Testing.Daemon.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["Test__ProgressFile"] = _progressFile;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        StandardError = _process.StandardError.ReadToEndAsync();
        _standardOutput = readOutput ? _process.StandardOutput.ReadToEndAsync() : null;
    }

    /// <summary>All of standard error, at the end.</summary>
    public Task<string> StandardError { get; }

    /// <summary>Starts it.</summary>
    public static TestDaemon Start(TempFolder folder, params string[] arguments) => new(folder, true, new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with variables of the environment.</summary>
    public static TestDaemon Start(TempFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(folder, true, environment, arguments);

    /// <summary>Starts it, and never reads its standard output.</summary>
    public static TestDaemon StartUnread(TempFolder folder, params string[] arguments) => new(folder, false, new Dictionary<string, string>(), arguments);

    /// <summary>Returns when it has written this progress.</summary>
    public Task HasReachedAsync(string progress) => Eventually.TrueAsync(
        () => _process.HasExited || (File.Exists(_progressFile) && File.ReadAllLines(_progressFile).Contains(progress)), $"the daemon is {progress}");

    /// <summary>Asks it to stop as a service manager does.</summary>
    public void Terminate() => Signal(SigTerm);

    /// <summary>Asks it to stop as Ctrl-C does.</summary>
    public void Interrupt() => Signal(SigInt);

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using CancellationTokenSource deadline = new(Eventually.DefaultDeadline);
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, _standardOutput is null ? "" : await _standardOutput, await StandardError);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }

        _process.Dispose();
    }

    private void Signal(int signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.True(kill.WaitForExit(Eventually.DefaultDeadline));
    }
}
