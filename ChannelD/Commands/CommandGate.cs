using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Limits;
using ChannelD.Moderation;
using Shared.Protocol.Messages.Commands;

namespace ChannelD.Commands;

/// <summary>Whether a character may use a command just now: mutes and limits. For any thread; what it does costs nothing but a look-up.</summary>
public sealed class CommandGate
{
    private const string ByTier = "tier";
    private const string ByMute = "muted";
    private const string ByRate = "rate";
    private const string ByNames = "unknown_names";

    private const string NoReason = "-";

    private readonly CommandLimits _limits;
    private readonly IMutes _mutes;
    private readonly ChannelMetrics _metrics;
    private readonly TimeProvider _time;

    /// <summary>Makes a gate.</summary>
    public CommandGate(CommandLimits limits, IMutes mutes, ChannelMetrics metrics, TimeProvider time)
    {
        _limits = limits;
        _mutes = mutes;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>Whether there is such a command for somebody of a tier.</summary>
    public bool Shows(CommandDescription command, int tier)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (tier >= command.MinTier)
        {
            return true;
        }

        _metrics.Refused(ByTier, command.Class);
        return false;
    }

    /// <summary>Whether a line is refused without being looked at any further.</summary>
    /// <param name="asker">Who typed it.</param>
    /// <param name="command">The command that he named; null where to him there is none. All such lines count alike.</param>
    /// <param name="refusal">What he is told.</param>
    public bool Refuses(in Character asker, CommandDescription? command, out CommandAnswer refusal)
    {
        refusal = default;
        CommandClass of = command?.Class ?? CommandClass.Common;
        if (command is { IsSpeech: true } && _mutes.TryGet(asker.Name.Key, out Mute mute) && Refuses(mute, out refusal))
        {
            _metrics.Refused(ByMute, of);
            return true;
        }

        if (_limits.TryTake(asker, of, command?.LooksUpNames == true, out LimitRefusal limit))
        {
            return false;
        }

        refusal = CommandAnswer.RateLimited(limit.WaitSeconds);
        _metrics.Refused(limit.IsForNames ? ByNames : ByRate, of);
        return true;
    }

    /// <summary>A command has come to an end: counts the names that were asked for in vain.</summary>
    public void Ended(in Character asker, CommandDescription command, in CommandAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.LooksUpNames && answer.Code == CommandDescription.NotFound && answer.Arguments.Count > 0)
        {
            _limits.NameNotFound(asker, answer.Arguments[0]);
        }
    }

    private bool Refuses(in Mute mute, out CommandAnswer refusal)
    {
        long seconds = (long)Math.Ceiling((mute.UntilUtc - _time.GetUtcNow()).TotalSeconds);
        string reason = string.IsNullOrWhiteSpace(mute.Reason) ? NoReason : mute.Reason;
        int minutes = (int)Math.Min(seconds / 60, int.MaxValue);
        refusal = CommandAnswer.Error(
            CommonCodes.Muted, Numbers.Format(minutes), Numbers.Format((int)(seconds % 60)), reason);
        return seconds > 0;
    }
}
