using System.Diagnostics.Metrics;
using ChatD.Connections;
using ChatD.Sessions;
using ChatD.Stays;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Requests;

namespace ChatD.Diagnostics;

/// <summary>What chatD counts about its players; the meter is <c>GameServers.ChatD</c>.</summary>
internal sealed class ChatMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.ChatD";

    // More commands than there will be, and few enough for a label: whatever a peer says.
    private const int MaxCommands = 100;

    // By their numbers. As texts, for a number would take memory each time.
    private static readonly string[] s_outcomes = ["none", "ok", "error", "busy", "unknown"];

    private readonly Meter _meter = new(MeterName);
    private readonly MonotonicClock _clock;
    private readonly LabelTable<CommandDurations> _commands;
    private readonly BoundedLabel _refusals = new(MaxCommands);
    private readonly Counter<long> _logIns;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _resumes;
    private readonly long[] _lines = new long[s_outcomes.Length];
    private readonly DurationHistogram _durations;
    private readonly Counter<long> _ends;

    /// <summary>Makes the meter.</summary>
    public ChatMetrics(SessionRegistry sessions, StayRegistry stays, LogInAdmission admission, TimeProvider time)
    {
        _clock = new MonotonicClock(time);
        _logIns = _meter.CreateCounter<long>("chatd.logins", "{login}", "Players who have come in.");
        _refused = _meter.CreateCounter<long>("chatd.logins.refused", "{login}", "Log-ins that were refused, by reason.");
        _resumes = _meter.CreateCounter<long>("chatd.resumes", "{resume}", "Sessions that went on over a new connection.");
        _ = _meter.CreateObservableCounter("chatd.lines", ObserveLines, "{line}", "Lines that were answered, by outcome.");
        _durations = new DurationHistogram(
            _meter, "chatd.line.duration", "From a line that was read to its answer, by command and outcome: what a player waits for, but for the network.");
        _commands = new LabelTable<CommandDurations>(MaxCommands, command => new CommandDurations(_durations, command));
        _ends = _meter.CreateCounter<long>("chatd.connections.ended", "{connection}", "Connections that have ended, by reason.");
        _ = _meter.CreateObservableGauge("chatd.sessions", () => sessions.Count, "{session}", "Players who are there.");
        _ = _meter.CreateObservableGauge(
            "chatd.channel.sessions",
            () => sessions.CountByChannel().Select(channel => new Measurement<long>(channel.Value, new KeyValuePair<string, object?>("channel", channel.Key))),
            "{session}",
            "Players who are there, by the channel they are in or on the way to.");
        _ = _meter.CreateObservableGauge("chatd.logins.pending", () => admission.PendingCount, "{connection}", "Connections that are not logged in.");
        _ = _meter.CreateObservableGauge(
            "chatd.sessions.detached", () => stays.DetachedCount, "{session}", "Players whose connection is lost, and who may come back.");
    }

    /// <summary>Whether anybody wants to know how long lines take: else the clock need not be read.</summary>
    public bool IsTimed => _durations.IsEnabled;

    /// <summary>An outcome as a label.</summary>
    public static string NameOf(OutcomeKind outcome) => s_outcomes[(int)outcome];

    /// <summary>A player has come in.</summary>
    public void CountLogIn() => _logIns.Add(1);

    /// <summary>A player was not let in.</summary>
    /// <param name="code">Why.</param>
    public void CountRefusal(string code)
    {
        if (_refused.Enabled)
        {
            _refused.Add(1, new KeyValuePair<string, object?>("reason", _refusals.Of(code)));
        }
    }

    /// <summary>A session goes on over a new connection.</summary>
    public void CountResume() => _resumes.Add(1);

    /// <summary>A line was answered.</summary>
    /// <param name="command">The command's id, as the channelD says; empty where it names none, or was not run.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="arrivedNs">When it was read, in nanoseconds of the monotonic clock; 0 where that was not noted.</param>
    public void CountLine(string command, OutcomeKind outcome, long arrivedNs)
    {
        Interlocked.Increment(ref _lines[(int)outcome]);
        if (arrivedNs != 0)
        {
            _commands.Of(command).Of(outcome).Record(Math.Max(0, _clock.NowNs - arrivedNs));
        }
    }

    /// <summary>A connection has ended.</summary>
    public void CountEnd(EndReason reason)
    {
        if (_ends.Enabled)
        {
            _ends.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    // What was counted here anyway costs a line less than a measurement. One that has not come up yet is not shown.
    private IEnumerable<Measurement<long>> ObserveLines() => Enum.GetValues<OutcomeKind>()
        .Select(outcome => new Measurement<long>(Interlocked.Read(ref _lines[(int)outcome]), new KeyValuePair<string, object?>("outcome", NameOf(outcome))))
        .Where(measured => measured.Value > 0);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>The durations of one command, by outcome. Two threads that come at once may make one twice; both are shown as one.</summary>
    private sealed class CommandDurations(DurationHistogram durations, string command)
    {
        private readonly DurationSeries?[] _byOutcome = new DurationSeries?[s_outcomes.Length];

        public DurationSeries Of(OutcomeKind outcome) =>
            _byOutcome[(int)outcome] ??= durations.Add(new("command", command), new("outcome", NameOf(outcome)));
    }
}
