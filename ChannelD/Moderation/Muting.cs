using System.Globalization;
using ChannelD.Diagnostics;
using ChannelD.Events;
using ChannelD.Social;
using ChannelD.State;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Moderation;

/// <summary>Mutes characters and lifts mutes, with the same rules for game masters and for operators: who may, for how long, and who is told. For any thread.</summary>
/// <param name="store">Where mutes are kept.</param>
/// <param name="records">What is known of them here.</param>
/// <param name="masters">Who is a game master.</param>
/// <param name="neighbours">Tells the muted.</param>
/// <param name="time">Where the time comes from.</param>
/// <param name="logger">Is told who has muted whom.</param>
public sealed class Muting(
    IStateStore store, OnlineRecords records, GameMasters masters, Neighbours neighbours, TimeProvider time, ILogger<Muting> logger)
{
    /// <summary>A year, in minutes: longer is another kind of punishment.</summary>
    public const int MaxMinutes = 525_600;

    /// <summary>The id of the command whose text the muted is shown, whoever has muted him.</summary>
    internal const string MuteId = "mute";

    /// <summary>The id of the command whose text he is shown when it is over.</summary>
    internal const string UnmuteId = "unmute";

    /// <summary>What the muted is shown: minutes, reason.</summary>
    internal const string YouAreMuted = "you_are_muted";

    /// <summary>What he is shown when it is over.</summary>
    internal const string YouMaySpeak = "you_may_speak";

    /// <summary>Keeps a character from speaking for a while, whether it is in the game or not.</summary>
    /// <param name="tier">The tier of whoever does.</param>
    /// <param name="issuer">Who does, for operators: a character's name, or more than one word.</param>
    /// <param name="name">The character.</param>
    /// <param name="minutes">For how long.</param>
    /// <param name="reason">Why, for the player to read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it, and until when it holds.</returns>
    /// <exception cref="StateStoreException">The store failed.</exception>
    public async ValueTask<(MuteStatus Status, DateTimeOffset UntilUtc)> MuteAsync(
        int tier, string issuer, KeptName name, int minutes, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (minutes is < 1 or > MaxMinutes)
        {
            return (MuteStatus.BadMinutes, default);
        }

        if (reason.Length > StateLimits.MaxReasonChars)
        {
            return (MuteStatus.ReasonTooLong, default);
        }

        // By what is configured, not by who is there: the answer must not tell whether a hidden one is.
        if (masters.TierOf(name.Key) >= tier)
        {
            return (MuteStatus.NotAllowed, default);
        }

        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset until = now.AddMinutes(minutes);
        await store.SetMuteAsync(name.Key, new Mute(until, reason, issuer, now), cancellationToken);
        ChannelLog.Muted(logger, name.Display, until, issuer, reason);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        string shown = minutes.ToString(CultureInfo.InvariantCulture);
        _ = neighbours.Tell(name.Key, new GameMessage(Rooms.System, MuteId, YouAreMuted, [shown, reason], Sender: string.Empty));
        return (MuteStatus.Done, until);
    }

    /// <summary>Lets a muted character speak again.</summary>
    /// <param name="tier">The tier of whoever does.</param>
    /// <param name="issuer">Who does.</param>
    /// <param name="name">The character.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StateStoreException">The store failed.</exception>
    public async ValueTask<MuteStatus> UnmuteAsync(int tier, string issuer, KeptName name, CancellationToken cancellationToken)
    {
        // Nor himself: otherwise no mute of a game master by a higher one would hold.
        if (masters.TierOf(name.Key) >= tier)
        {
            return MuteStatus.NotAllowed;
        }

        bool wasMuted = (await store.LoadAsync(name.Key, cancellationToken)).Mute?.UntilUtc > time.GetUtcNow();
        bool isLifted = await store.SetMuteAsync(name.Key, null, cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        if (!wasMuted || !isLifted)
        {
            return MuteStatus.NotMuted;
        }

        ChannelLog.Unmuted(logger, name.Display, issuer);
        _ = neighbours.Tell(name.Key, new GameMessage(Rooms.System, UnmuteId, YouMaySpeak, [], Sender: string.Empty));
        return MuteStatus.Done;
    }
}
