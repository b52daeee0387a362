using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Finding;
using ChannelD.Presence;
using Shared.Protocol.Diagnostics;

namespace ChannelD.Diagnostics;

/// <summary>What channelD counts. Thread-safe; costs next to nothing while nobody listens.</summary>
public sealed class ChannelMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.ChannelD";

    // More than there will be, and few enough for labels.
    private const int MaxCommands = 200;
    private const int MaxCodes = 200;

    private readonly DurationHistogram _durations;
    private readonly LabelTable<CommandCounts> _commands;
    private readonly long[] _finds = new long[(int)Enum.GetValues<FindReason>().Max() + 1];
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _deliveries;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Owns the meter.</param>
    /// <param name="directory">Whose characters the gauge counts.</param>
    public ChannelMetrics(IMeterFactory meters, CharacterDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(directory);
        Meter meter = meters.Create(MeterName);
        _durations = new DurationHistogram(meter, "channeld.command.duration", "From a line to its answer within channelD, by command.");
        _commands = new LabelTable<CommandCounts>(MaxCommands, command => new CommandCounts(_durations, command));
        meter.CreateObservableCounter("channeld.commands", ObserveCommands, "{command}", "Lines answered, by command and code.");
        meter.CreateObservableCounter("channeld.finds", ObserveFinds, "{search}", "Searches, by the reason of their answer.");
        _refusals = meter.CreateCounter<long>("channeld.refusals", "{command}", "Lines refused before they were run, by reason and class of the command.");
        _deliveries = meter.CreateCounter<long>(
            "channeld.deliveries", "{message}", "What players said, by room and what became of it: one for each message, whatever its recipients.");
        meter.CreateObservableGauge("channeld.characters", () => directory.Count, "{character}", "Characters in the game.");
    }

    internal ChannelMetrics(IMeterFactory meters, CharacterDirectory directory, ReplicaDirectory replicas, EventRelay events, int ownId)
        : this(meters, directory)
    {
        Meter meter = meters.Create(MeterName);
        var presence = new PresenceMetrics(directory, replicas, ownId);
        meter.CreateObservableGauge(
            "channeld.presence", presence.Measure, "{character}", "Characters by the channel whose channelD has them, and by state.");
        meter.CreateObservableGauge("channeld.peers", presence.CountPeers, "{channeld}", "Other channelDs that are there, and tell of their characters.");
        meter.CreateObservableCounter(
            "channeld.events.frames", () => events.Counts?.Sent ?? 0, "{frame}", "Frames of events that were sent to chatDs: one for each event and chatD, whatever its recipients.");
        meter.CreateObservableCounter(
            "channeld.events.refused", () => events.Counts?.Refused ?? 0, "{event}", "Events that were not taken for a chatD, because it is behind.");
        meter.CreateObservableGauge(
            "channeld.events.pending", () => events.Counts?.Pending ?? 0, "{frame}", "Frames of events that wait for room in the queue.");
    }

    /// <summary>A line is about to be run. Zero where nobody wants to know how long that takes.</summary>
    internal long BeginCommand() => _durations.IsEnabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A line was answered.</summary>
    /// <param name="command">The command's id; empty for none.</param>
    /// <param name="code">The answer's code.</param>
    /// <param name="beganAt">When it began, from <see cref="Stopwatch.GetTimestamp"/>; 0 where that was not noted.</param>
    public void Answered(string command, string code, long beganAt = 0)
    {
        CommandCounts counts = _commands.Of(command);
        counts.Codes.Of(code).Increment();
        if (beganAt != 0)
        {
            counts.Durations.RecordSince(beganAt);
        }
    }

    /// <summary>A search was decided.</summary>
    public void Found(FindReason reason) => Interlocked.Increment(ref _finds[(int)reason]);

    /// <summary>A line was refused before it was run.</summary>
    /// <param name="reason">Why: one of a fixed few.</param>
    /// <param name="of">The class of the command; the common one where there is none.</param>
    public void Refused(string reason, CommandClass of)
    {
        if (_refusals.Enabled)
        {
            _refusals.Add(1, new("reason", reason), new("class", NameOf(of)));
        }
    }

    /// <summary>Something that a player said was handed on.</summary>
    /// <param name="room">Where.</param>
    /// <param name="outcome">What became of it: one of a fixed few.</param>
    public void Delivered(string room, string outcome)
    {
        if (_deliveries.Enabled)
        {
            _deliveries.Add(1, new("room", room), new("outcome", outcome));
        }
    }

    // What is counted here and read when somebody looks costs a line less than a measurement. What has not come up yet is not shown.
    private IEnumerable<Measurement<long>> ObserveCommands() =>
        from command in _commands.All
        from code in command.Value.Codes.All
        select new Measurement<long>(code.Value.Count, new("command", command.Key), new("code", code.Key));

    private IEnumerable<Measurement<long>> ObserveFinds() => Enum.GetValues<FindReason>()
        .Select(reason => new Measurement<long>(Interlocked.Read(ref _finds[(int)reason]), new KeyValuePair<string, object?>("reason", FindReasons.NameOf(reason))))
        .Where(measured => measured.Value > 0);

    private static string NameOf(CommandClass of) => of switch
    {
        CommandClass.Say => "say",
        CommandClass.Whisper => "whisper",
        CommandClass.Find => "find",
        CommandClass.Megaphone => "megaphone",
        CommandClass.Party => "party",
        _ => "common",
    };

    private sealed class CommandCounts(DurationHistogram durations, string command)
    {
        public DurationSeries Durations { get; } = durations.Add(new KeyValuePair<string, object?>("command", command));

        public LabelTable<Counted> Codes { get; } = new(MaxCodes, static _ => new Counted());
    }

    private sealed class Counted
    {
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        public void Increment() => Interlocked.Increment(ref _count);
    }
}
