using System.ComponentModel;
using System.Globalization;
using Faults.Checker.History;
using Faults.Journal;
using Faults.Recording;
using Testing.Support.Processes;

namespace Faults.Daemons;

/// <summary>One run of a daemon, from its start to its end.</summary>
internal sealed class DaemonRun : IDisposable
{
    private readonly string _path;
    private readonly ChildProcess _process;
    private readonly JournalReader? _journal;
    private readonly Recorder _recorder;
    private readonly Lock _gate = new();
    private volatile bool _isOver;
    private Task? _ending;

    private DaemonRun(DaemonKind kind, int instance, ulong generation, string path, ChildProcess process, Recorder recorder)
    {
        Kind = kind;
        Instance = instance;
        Generation = generation;
        _path = path;
        _process = process;
        _recorder = recorder;
        _journal = kind == DaemonKind.Channel ? new JournalReader(path + JournalRecord.FileSuffix, generation, recorder) : null;
    }

    public DaemonKind Kind { get; }

    public int Instance { get; }

    public ulong Generation { get; }

    public int ProcessId => _process.Id;

    public bool HasExited
    {
        get
        {
            try
            {
                return _isOver || _process.HasExited;
            }
            catch (InvalidOperationException)
            {
                // Disposed of between the two.
                return true;
            }
        }
    }

    /// <summary>Whether its end was wanted: by a fault, or by the end of the run.</summary>
    public bool IsMeantToEnd { get; private set; }

    /// <summary>Whether a test makes it end by itself.</summary>
    public bool MayCrash { get; set; }

    public ChildProcess Process => _process;

    /// <summary>Starts a process and returns when it is known which run it is: from then on it may act.</summary>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it said.</exception>
    public static async Task<DaemonRun> StartAsync(
        DaemonKind kind, int instance, string path, IEnumerable<string> arguments, Recorder recorder, CancellationToken cancellationToken)
    {
        string hook = typeof(JournalRecord).Assembly.Location;
        var process = new ChildProcess("env", [$"DOTNET_STARTUP_HOOKS={hook}", $"FAULTS_JOURNAL={path}", .. arguments]);
        try
        {
            string generationPath = path + Vitals.GenerationSuffix;
            while (!File.Exists(generationPath))
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{kind} ended with {await process.ExitAsync()} before it began.\n{process}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
            }

            ulong generation = ulong.Parse(await File.ReadAllTextAsync(generationPath, cancellationToken), CultureInfo.InvariantCulture);
            var run = new DaemonRun(kind, instance, generation, path, process, recorder);
            recorder.Add(new ProcessChanged(Recorder.NowNs, kind, instance, generation, ProcessChange.Started));
            return run;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL. The process is gone when this returns.</summary>
    public Task KillAsync() => _ending = KillCoreAsync();

    /// <summary>SIGTERM, and what became of it.</summary>
    public Task<int> StopAsync()
    {
        Task<int> stopping = StopCoreAsync();
        _ending = stopping;
        return stopping;
    }

    /// <summary>Waits until whoever ended it is done with it.</summary>
    public Task WhenEndedAsync() => _ending ?? Task.CompletedTask;

    public void Pause()
    {
        _recorder.Add(new ProcessChanged(Recorder.NowNs, Kind, Instance, Generation, ProcessChange.Paused));
        _process.Pause();
    }

    public void Resume()
    {
        _process.Resume();
        _recorder.Add(new ProcessChanged(Recorder.NowNs, Kind, Instance, Generation, ProcessChange.Resumed));
    }

    /// <summary>Has it take all threads of its own pool, and returns when they are free again.</summary>
    public async Task StarvePoolAsync(int forMs, CancellationToken cancellationToken)
    {
        string order = _path + Vitals.StarveSuffix;
        string aside = order + ".new";
        await File.WriteAllTextAsync(aside, forMs.ToString(CultureInfo.InvariantCulture), cancellationToken);
        File.Move(aside, order);
        while (File.Exists(order) && !HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }

        await Task.Delay(forMs, cancellationToken);
    }

    /// <summary>It ended by itself.</summary>
    public async Task RecordCrashAsync()
    {
        RecordEnd(ProcessChange.Killed);
        if (MayCrash)
        {
            return;
        }

        _recorder.Violated($"{Kind} {Instance} ended by itself with {await _process.ExitAsync()}.\n{_process}");
    }

    public void ReadJournal()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _journal?.ReadOn();
            }
        }
    }

    /// <summary>The size of its heap in bytes, as it last said; null where it has not.</summary>
    public double? ReadHeapBytes()
    {
        try
        {
            return double.TryParse(File.ReadAllText(_path + Vitals.HeapSuffix), CultureInfo.InvariantCulture, out double bytes) ? bytes : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Dispose();
        ReadJournal();
        lock (_gate)
        {
            _isOver = true;
            _journal?.Dispose();
        }
    }

    private async Task KillCoreAsync()
    {
        IsMeantToEnd = true;
        RecordEnd(ProcessChange.Killed);
        try
        {
            await _process.KillAsync();
        }
        catch (Win32Exception)
        {
            _recorder.Violated($"{Kind} {Instance} had ended by itself when it was to be killed.\n{_process}");
        }
    }

    private async Task<int> StopCoreAsync()
    {
        IsMeantToEnd = true;
        _process.Terminate();
        int exitCode = await _process.ExitAsync();
        RecordEnd(ProcessChange.Stopped);
        return exitCode;
    }

    private void RecordEnd(ProcessChange change) =>
        _recorder.Add(new ProcessChanged(Recorder.NowNs, Kind, Instance, Generation, change));
}
