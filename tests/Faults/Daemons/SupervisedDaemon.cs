using Faults.Checker.History;
using Faults.Recording;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Faults.Daemons;

/// <summary>A daemon under a supervisor: whenever it has ended it is started again, as a service manager does.</summary>
/// <param name="kind">Which daemon.</param>
/// <param name="instance">Its number.</param>
/// <param name="arguments">Its options.</param>
/// <param name="prefix">What comes before it on a command line of env(1): variables, or a program that starts it.</param>
/// <param name="folder">Where its files go.</param>
/// <param name="recorder">Takes what becomes of it.</param>
internal sealed class SupervisedDaemon(
    DaemonKind kind, int instance, IReadOnlyList<string> arguments, IReadOnlyList<string> prefix, TempFolder folder, Recorder recorder) : IAsyncDisposable
{
    private static readonly TimeSpan s_restartDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private volatile DaemonRun? _run;
    private Task _supervising = Task.CompletedTask;
    private int _runs;

    /// <summary>Whether it is not to be started again for now.</summary>
    public bool IsHeldDown { get; set; }

    public DaemonKind Kind => kind;

    public string Program => kind == DaemonKind.Chat ? "ChatD" : "ChannelD";

    /// <summary>How often it was started.</summary>
    public int Runs => Volatile.Read(ref _runs);

    /// <summary>The run there is; null while there is none.</summary>
    public DaemonRun? Run => _run is { HasExited: false } run ? run : null;

    /// <summary>The command line that starts it.</summary>
    public IReadOnlyList<string> CommandLine => ["dotnet", BuiltProgram.Path(Program), .. arguments];

    /// <summary>Starts it, and again whenever it has ended.</summary>
    public async Task StartAsync()
    {
        await LaunchAsync();
        _supervising = Task.Run(SuperviseAsync);
    }

    /// <summary>The run there is, or the next one.</summary>
    public async Task<DaemonRun> GetRunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Run is { } run)
            {
                return run;
            }

            await Task.Delay(s_step, cancellationToken);
        }
    }

    /// <summary>Passes on what the journal has.</summary>
    public void ReadJournal() => _run?.ReadJournal();

    /// <summary>Stops it for good, cleanly.</summary>
    public async Task StopForGoodAsync()
    {
        await _stopping.CancelAsync();
        await _supervising;
        if (Run is { } run && await run.StopAsync() is var exitCode and not 0)
        {
            recorder.Violated($"{Program} ended with {exitCode} when it was to stop.\n{run.Process}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervising;
        _run?.Dispose();
        _stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_step, _stopping.Token);
                if (IsHeldDown || _run is not { HasExited: true } ended)
                {
                    continue;
                }

                if (!ended.IsMeantToEnd)
                {
                    await ended.RecordCrashAsync();
                }

                await Task.Delay(s_restartDelay, _stopping.Token);
                await ended.WhenEndedAsync();
                _run = null;
                ended.Dispose();
                await TryLaunchAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It stays as it is.
        }
    }

    private async Task TryLaunchAsync()
    {
        while (true)
        {
            try
            {
                await LaunchAsync();
                return;
            }
            catch (InvalidOperationException failure) when (IsRefusal(failure.Message))
            {
                // What a fault has put in its way is refused, loudly; a supervisor tries again.
                await Task.Delay(s_restartDelay, _stopping.Token);
            }
        }
    }

    // Exit code 3 is "resource refused"; anything else is no answer to a fault.
    private bool IsRefusal(string message)
    {
        bool isRefusal = message.Contains("ended with 3 ", StringComparison.Ordinal);
        if (!isRefusal)
        {
            recorder.Violated(message);
        }

        return true;
    }

    private async Task LaunchAsync()
    {
        int number = Interlocked.Increment(ref _runs);
        string path = folder.File($"{Program}-{instance}-{number}");
        DaemonRun run = await DaemonRun.StartAsync(kind, instance, path, [.. prefix, .. CommandLine], recorder, _stopping.Token);
        _run = run;
    }
}
