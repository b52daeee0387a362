using System.Diagnostics.Metrics;
using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Finding;
using ChannelD.Presence;

namespace ChannelD.Diagnostics;

/// <summary>What channelD counts. Thread-safe; costs next to nothing while nobody listens.</summary>
public sealed class ChannelMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.ChannelD";

    private readonly Counter<long> _commands;
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
        _finds = meter.CreateCounter<long>("channeld.finds", "{search}", "Searches, by the reason of their answer.");
        _refusals = meter.CreateCounter<long>("channeld.refusals", "{command}", "Lines refused before they were run, by reason and class of the command.");
        _deliveries = meter.CreateCounter<long>(
            "channeld.deliveries", "{message}", "What players said, by room and what became of it: one for each message, whatever its recipients.");
        meter.CreateObservableGauge("channeld.characters", () => directory.Count, "{character}", "Characters in the game.");
    }

    internal ChannelMetrics(IMeterFactory meters, CharacterDirectory directory, ReplicaDirectory replicas, int ownId)
        : this(meters, directory)
    {
        var presence = new PresenceMetrics(directory, replicas, ownId);
        meters.Create(MeterName).CreateObservableGauge(
            "channeld.presence", presence.Measure, "{character}", "Characters by the channel whose channelD has them, and by state.");
    }

    /// <summary>A line was answered.</summary>
    /// <param name="command">The command's id; empty for none.</param>
    /// <param name="code">The answer's code.</param>
    public void Answered(string command, string code)
    {
        if (_commands.Enabled)
        {
            _commands.Add(1, new("command", command), new("code", code));
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
