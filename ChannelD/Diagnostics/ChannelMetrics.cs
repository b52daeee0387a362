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

    private readonly Counter<long> _commands;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _finds;
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
        _commands = meter.CreateCounter<long>("channeld.commands", "{command}", "Lines answered, by command and code.");
        _durations = meter.CreateHistogram(
            "channeld.command.duration", "s", "From a line to its answer within channelD, by command.", tags: null, DurationBuckets.Advice);
        _finds = meter.CreateCounter<long>("channeld.finds", "{search}", "Searches, by the reason of their answer.");
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
    internal long BeginCommand() => _durations.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A line was answered.</summary>
    /// <param name="command">The command's id; empty for none.</param>
    /// <param name="code">The answer's code.</param>
    /// <param name="beganAt">When it began, from <see cref="Stopwatch.GetTimestamp"/>; 0 where that was not noted.</param>
    public void Answered(string command, string code, long beganAt = 0)
    {
        string label = command.Length == 0 ? BoundedLabel.None : command;
        if (beganAt != 0)
        {
            _durations.Record(Stopwatch.GetElapsedTime(beganAt).TotalSeconds, new KeyValuePair<string, object?>("command", label));
        }

        if (_commands.Enabled)
        {
            _commands.Add(1, new("command", label), new("code", code));
        }
    }

    /// <summary>A search was decided.</summary>
    public void Found(FindReason reason)
    {
        if (_finds.Enabled)
        {
            _finds.Add(1, new KeyValuePair<string, object?>("reason", FindReasons.NameOf(reason)));
        }
    }

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

    private static string NameOf(CommandClass of) => of switch
    {
        CommandClass.Say => "say",
        CommandClass.Whisper => "whisper",
        CommandClass.Find => "find",
        CommandClass.Megaphone => "megaphone",
        CommandClass.Party => "party",
        _ => "common",
    };
}
