using System.Diagnostics.Metrics;
using ChannelD.Directory;
using ChannelD.Finding;

namespace ChannelD.Diagnostics;

/// <summary>What channelD counts. Thread-safe; costs next to nothing while nobody listens.</summary>
public sealed class ChannelMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.ChannelD";

    private readonly Counter<long> _commands;
    private readonly Counter<long> _finds;

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
        meter.CreateObservableGauge("channeld.characters", () => directory.Count, "{character}", "Characters in the game.");
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
            _finds.Add(1, new KeyValuePair<string, object?>("reason", NameOf(reason)));
        }
    }

    private static string NameOf(FindReason reason) => reason switch
    {
        FindReason.SameChannel => "same_channel",
        FindReason.OtherChannel => "other_channel",
        FindReason.CashShop => "cash_shop",
        FindReason.InTransfer => "in_transfer",
        FindReason.NotInGame => "not_in_game",
        _ => "unknown",
    };
}
