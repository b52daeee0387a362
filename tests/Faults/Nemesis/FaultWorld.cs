using System.Globalization;
using ChatClient.Connection;
using Faults.Checker.History;
using Faults.Daemons;
using Faults.Load;
using Faults.Nemesis.Machine;
using Faults.Recording;
using Faults.Running;
using Testing.Support.Folders;
using Testing.Support.Ipc;

namespace Faults.Nemesis;

/// <summary>
/// A chatD and a channelD as processes on keys, sockets and folders of their own, under supervisors; players who never stop asking; and
/// the history of it all. Disposal leaves nothing behind, whatever happened.
/// </summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_judgePeriod = TimeSpan.FromMilliseconds(200);

    // Long enough to see how late a recovery is that is late.
    private static readonly TimeSpan s_recoveryLimit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, long> _strikes = new(StringComparer.Ordinal);
    private readonly ResourceSampler _resources;
    private Task _watching = Task.CompletedTask;
    private PlayerLoad? _load;

    private FaultWorld(WorldSettings settings, Surroundings surroundings)
    {
        Settings = settings;
        Surroundings = surroundings;
        Recorder = new Recorder(settings.Checker, settings.HistoryPath);
        string key = Keys.RequestKey.ToString(CultureInfo.InvariantCulture);
        string[] common =
        [
            $"--Ipc:RequestKey={key}",
            $"--Ipc:RuntimeFolder={surroundings.RuntimeFolder}",
            $"--Ipc:ResultPath={settings.ResultPath}",
            $"--Log:Level={settings.LogLevel}",
            .. settings.Options,
        ];
        IReadOnlyList<string> prefix = surroundings.Prefix(settings);
        Channel = new SupervisedDaemon(
            DaemonKind.Channel,
            instance: 0,
            // Its players send more lines than any player may.
            [.. common, $"--Channel:StateFile={surroundings.Folder.File("state.db")}", "--Limits:Enabled=false", .. surroundings.Options("ChannelD"), .. settings.ChannelOptions],
            [.. prefix, .. settings.ChannelPrefix],
            Folder,
            Recorder);
        Chat = new SupervisedDaemon(
            DaemonKind.Chat,
            instance: 0,
            [.. common, $"--Chat:Listen=unix:{SocketPath}", "--Ops:Listen=socket", .. surroundings.Options("ChatD"), .. settings.ChatOptions],
            [.. prefix, .. settings.ChatPrefix],
            Folder,
            Recorder);
        _resources = new ResourceSampler(Recorder, [Chat, Channel]);
    }

    public WorldSettings Settings { get; }

    public Surroundings Surroundings { get; }

    public UniqueIpcKeys Keys { get; } = new();

    public Recorder Recorder { get; }

    public SupervisedDaemon Channel { get; }

    public SupervisedDaemon Chat { get; }

    /// <summary>How many foreign messages the deepest backlog had: a queue may have no room for all that were to be in it.</summary>
    public int DeepestBacklog { get; set; }

    public string SocketPath => Folder.File("chat");

    public ServerAddress Address => new(string.Empty, 0, SocketPath);

    public TempFolder Folder => Surroundings.Folder;

    public PlayerLoad Load => _load ?? throw new InvalidOperationException("The load has not begun.");

    /// <summary>Both queues that are there.</summary>
    public IEnumerable<RawQueue> Queues =>
        ((int?[])[Keys.RequestQueueId, Keys.ResultQueueId]).OfType<int>().Distinct().Select(id => new RawQueue(id));

    /// <summary>Starts the daemons and the players, and returns when all of them are served.</summary>
    public static async Task<FaultWorld> StartAsync(WorldSettings settings)
    {
        var world = new FaultWorld(settings, await Surroundings.MakeAsync(settings));
        try
        {
            await world.Channel.StartAsync();
            await world.Chat.StartAsync();
            world._load = new PlayerLoad(settings.Load(world.Address), world.Chat, world.Recorder);
            world._watching = Task.Run(world.WatchAsync);
            if (await world.WaitUntilServedAsync(Recorder.NowNs) is null)
            {
                throw new TimeoutException($"Not all players are served after {s_recoveryLimit}.\n{world.Describe()}");
            }

            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has faults strike at once, and waits until all players are served again.</summary>
    /// <returns>How long that took from the end of the last fault.</returns>
    public async Task<TimeSpan?> StrikeAsync(Random random, CancellationToken cancellationToken, params IFault[] faults)
    {
        await Task.WhenAll(faults.Select(fault => StrikeOneAsync(fault, new Random(random.Next()), cancellationToken)));
        long overNs = Recorder.NowNs;
        TimeSpan? took = await WaitUntilServedAsync(overNs);
        if (took is null)
        {
            Recorder.Violated($"Not recovered {s_recoveryLimit} after {string.Join(" and ", faults.Select(fault => fault.Name))}.\n{Describe()}");
        }

        return took;
    }

    /// <summary>Waits until every player has been answered Ok what he asked after a time.</summary>
    /// <returns>How long that took; null where it took too long.</returns>
    public async Task<TimeSpan?> WaitUntilServedAsync(long sinceNs)
    {
        while (!Load.AllAnsweredSince(sinceNs))
        {
            if (Recorder.NowNs - sinceNs > s_recoveryLimit.TotalNanoseconds)
            {
                return null;
            }

            await Task.Delay(s_step);
        }

        long nowNs = Recorder.NowNs;
        Recorder.Add(new Recovered(nowNs));
        return TimeSpan.FromMicroseconds((nowNs - sinceNs) / 1000);
    }

    /// <summary>Ends the load, sees that nothing is left anywhere, stops the daemons, and judges.</summary>
    public async Task<RunReport> FinishAsync()
    {
        await Load.StopAsync();
        await SampleRestAsync();
        await Chat.StopForGoodAsync();
        await Channel.StopForGoodAsync();
        await StopWatchingAsync();
        ReadJournals();
        if (!Keys.AreUnused)
        {
            Recorder.Violated($"After a clean stop a queue or a semaphore set is left on keys {Keys.RequestKey} and {Keys.ResultKey}.");
        }

        return new RunReport
        {
            Checked = Recorder.Finish(),
            OtherViolations = Recorder.OtherViolations,
            Outcomes = Load.Numbers.Outcomes,
            Refusals = Load.Numbers.Refusals,
            Resumes = Load.Numbers.Resumes,
            SlowestNs = Load.Numbers.SlowestNs,
            Strikes = _strikes,
            DeepestBacklog = DeepestBacklog,
            Growth = _resources.Summary,
            Runs = $"chatD {Chat.Runs}, channelD {Channel.Runs}",
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_load is not null)
        {
            await _load.DisposeAsync();
        }

        await Chat.DisposeAsync();
        await Channel.DisposeAsync();
        await StopWatchingAsync();
        _stopping.Dispose();
        Recorder.Dispose();
        Keys.Dispose();
        Surroundings.Dispose();
    }

    private async Task StrikeOneAsync(IFault fault, Random random, CancellationToken cancellationToken)
    {
        lock (_strikes)
        {
            string name = $"{fault.Row} {fault.Name}";
            _strikes[name] = _strikes.GetValueOrDefault(name) + 1;
        }

        Recorder.Add(new FaultChanged(Recorder.NowNs, fault.Name, IsOver: false));
        try
        {
            await fault.StrikeAsync(this, random, cancellationToken);
        }
        finally
        {
            Recorder.Add(new FaultChanged(Recorder.NowNs, fault.Name, IsOver: true));
        }
    }

    // Heartbeats go on, so that a queue is at rest when it is seen empty once; it has twice the deadline for that.
    private async Task SampleRestAsync()
    {
        long limitNs = Recorder.NowNs + (2 * Settings.Checker.DeadlineNs);
        foreach ((string name, int? id) in ((string, int?)[])[("requests", Keys.RequestQueueId), ("results", Keys.ResultQueueId)])
        {
            (long Count, long Bytes) depth;
            while ((depth = Kernel.DepthOf(id) ?? default).Count != 0 && Recorder.NowNs < limitNs)
            {
                await Task.Delay(s_step);
            }

            Recorder.Add(new DepthSampled(Recorder.NowNs, name, depth.Count, depth.Bytes, IsAtRest: true));
        }
    }

    private async Task WatchAsync()
    {
        using var ticks = new PeriodicTimer(s_judgePeriod);
        try
        {
            while (await ticks.WaitForNextTickAsync(_stopping.Token))
            {
                ReadJournals();
                _resources.SampleWhenDue();
                Recorder.Judge();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task StopWatchingAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
    }

    private void ReadJournals() => Channel.ReadJournal();

    private string Describe() => $"{Chat.Run?.Process}\n{Channel.Run?.Process}\nrefusals: {string.Join(", ", Load.Numbers.Refusals)}";
}
