using Faults.Checker;
using Faults.Checker.History;
using Simulation.Chaos;
using Simulation.Daemons;
using Simulation.Network;
using Simulation.Players;

namespace Simulation;

/// <summary>
/// Some chatDs and channelDs, their queues and their players, in one process on virtual time: everything that happens in it follows from its
/// seed. It belongs to the thread that runs it.
/// </summary>
internal sealed class SimWorld
{
    private const long PollNs = 10 * SimScheduler.NsPerMs;

    private readonly ulong _seed;
    private readonly ChatDaemon?[] _chats;
    private readonly HistoryChecker _checker;
    private readonly List<string> _failures = [];
    private readonly ChannelDaemon?[] _channels;
    private long _lastRequest;
    private long _starts;
    private bool _isRecovering;

    public SimWorld(ulong seed, bool isTraced, Mutation? mutation = null)
    {
        _seed = seed;
        Trace = new SimTrace(isTraced);
        Mutation = mutation;
        Settings = SimSettings.Draw(RandomFor(SimStream.Settings));
        Network = new SimNetwork(this);
        _chats = new ChatDaemon?[Settings.Chats];
        _channels = new ChannelDaemon?[Settings.Channels];
        _checker = new HistoryChecker(new CheckerOptions
        {
            DeadlineNs = Settings.Ipc.RequestTimeoutMs * SimScheduler.NsPerMs,

            SlackNs = Settings.ClientSlackNs,

            // A tick, and the millisecond to which timers are rounded up.
            TickNs = 11 * SimScheduler.NsPerMs,
            RememberNs = 600_000 * SimScheduler.NsPerMs,
        });
        SimRandom players = RandomFor(SimStream.Players);
        Players = [.. Enumerable.Range(0, Settings.Chats * Settings.PlayersPerChat).Select(number => MakePlayer(number, players))];
        Note(Settings.ToString());
    }

    public SimTrace Trace { get; }

    public SimSettings Settings { get; }

    public SimScheduler Scheduler { get; } = new();

    public SimNetwork Network { get; }

    public SimCounts Counts { get; } = new() { Worlds = 1 };

    /// <summary>What is wrong with the product on purpose; null for nothing.</summary>
    public Mutation? Mutation { get; }

    public IReadOnlyList<SimPlayer> Players { get; }

    public long NowNs => Scheduler.NowNs;

    /// <summary>Whether players do nothing of their own any more.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>The channelDs, dead or alive.</summary>
    public IEnumerable<ChannelDaemon> Channels => _channels.OfType<ChannelDaemon>();

    /// <summary>All daemons, dead or alive.</summary>
    public IEnumerable<SimDaemon> Daemons => _chats.OfType<SimDaemon>().Concat(_channels.OfType<SimDaemon>());

    private bool IsReady => Daemons.All(daemon => daemon.IsServing) && _chats.All(chat => chat!.Gateway.Ports.All.All(port => port.IsReady));

    public ChatDaemon? ChatOf(int instance) => _chats[instance];

    public long NextRequest() => ++_lastRequest;

    /// <summary>A source of chance that nothing else draws from.</summary>
    public SimRandom RandomFor(SimStream stream, long index = 0) => SimRandom.For(_seed, stream, index);

    /// <summary>The number of the next daemon that is started, from 1.</summary>
    public long NextStart() => ++_starts;

    /// <summary>Lives through everything, and says what broke a rule.</summary>
    public SimResult Run()
    {
        for (int instance = 0; instance < _channels.Length; instance++)
        {
            StartChannel(instance);
        }

        for (int instance = 0; instance < _chats.Length; instance++)
        {
            StartChat(instance);
        }

        foreach (SimPlayer player in Players)
        {
            player.Begin();
        }

        var nemesis = new Nemesis(this);
        nemesis.Begin();
        Scheduler.After(PollNs, WatchRecovery);
        Scheduler.RunUntil(nemesis.EndsNs);
        bool isWell = Expect(Scheduler.RunUntil(NowNs + Seconds(30), () => nemesis.IsDone), "Not all faults were over.");
        isWell = isWell && Expect(Scheduler.RunUntil(NowNs + Seconds(6), () => IsReady), "The daemons are not ready again after all faults.");
        if (isWell)
        {
            // What a fault has set off may show a lease later only.
            IsCalm = true;
            Scheduler.RunUntil(NowNs + ((Settings.Ipc.LeaseMs + (2L * Settings.Ipc.HeartbeatMs)) * SimScheduler.NsPerMs));
            Expect(Scheduler.RunUntil(NowNs + Seconds(6), () => IsReady), "The daemons are not ready again in peace.");
            new Judgement(this).Judge();
        }

        CheckerReport report = _checker.Finish(NowNs + Seconds(600));
        Counts.Steps = Scheduler.Steps;
        return new SimResult(
            [.. report.Violations.Where(IsBinding).Select(violation => violation.ToString()), .. _failures], Trace.Hash, Counts, Trace.ToString());
    }

    public void StartChannel(int instance)
    {
        var channel = new ChannelDaemon(this, instance);
        _channels[instance] = channel;
        channel.Start();
    }

    public void StartChat(int instance)
    {
        var chat = new ChatDaemon(this, instance);
        _chats[instance] = chat;
        chat.Start();
    }

    public void Record(HistoryRecord record)
    {
        Scheduler.AssertOnlyThread();
        Trace.Add(record);
        _checker.Add(record);
        if (record is FaultChanged fault)
        {
            _isRecovering = fault.IsOver;
        }
    }

    public void Note(string words)
    {
        if (Trace.IsKept)
        {
            Trace.Write(NowNs, words);
        }
    }

    public void Fail(string what)
    {
        Note(what);
        _failures.Add($"[simulation] at {NowNs} ns: {what}");
    }

    public bool Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            Fail(otherwise);
        }

        return isSo;
    }

    /// <summary>Sees to it that what a task throws is not lost.</summary>
    public void Watch(Task task) => _ = ObserveAsync(task);

    public static long Seconds(int seconds) => seconds * 1000 * SimScheduler.NsPerMs;

    private async Task ObserveAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            Fail(exception.ToString());
        }
    }

    private bool IsBinding(Violation violation) => violation.Invariant switch
    {
        // A frame of a wire for C programs says neither by when it is wanted nor from which run it comes.
        "3 never executed past its deadline" => !Settings.IsForC,

        // A session that has left a channelD which does not answer any more does not wait for what that one has of it.
        "4 order of one sender" => Settings.Channels == 1,
        _ => true,
    };

    private SimPlayer MakePlayer(int number, SimRandom random)
    {
        // Some share a name, at different chatDs: only one of them can be in, also where they are at different channelDs.
        int chat = number % Settings.Chats;
        bool isShared = chat > 0 && random.Chance(15) && Settings.Channels == 1;
        return new SimPlayer(this, number, chat, 1 + (number / Settings.Chats % Settings.Channels), isShared ? $"용사{number - 1}" : $"용사{number}");
    }

    private void WatchRecovery()
    {
        if (_isRecovering && IsReady)
        {
            _isRecovering = false;
            Record(new Recovered(NowNs));
        }

        Scheduler.After(PollNs, WatchRecovery);
    }
}
