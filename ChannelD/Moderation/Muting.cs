using System.Globalization;
using ChannelD.Events;
using ChannelD.Social;
using ChannelD.State;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Moderation;

/// <summary>Mutes characters and lifts mutes, with the same rules for game masters and for operators: who may, for how long, and who is told. For any thread.</summary>
/// <param name="store">Where mutes are kept.</param>
/// <param name="records">What is known of them here.</param>
/// <param name="masters">Who is a game master.</param>
/// <param name="neighbours">Tells the muted.</param>
/// <param name="time">Where the time comes from.</param>
public sealed class Muting(IStateStore store, OnlineRecords records, GameMasters masters, Neighbours neighbours, TimeProvider time)
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
    /// <param name="name">The character.</param>
    /// <param name="minutes">For how long.</param>
    /// <param name="reason">Why, for the player to read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it, and until when it holds.</returns>
    /// <exception cref="StateStoreException">The store failed.</exception>
    public async ValueTask<(MuteStatus Status, DateTimeOffset UntilUtc)> MuteAsync(
        int tier, KeptName name, int minutes, string reason, CancellationToken cancellationToken)
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

        DateTimeOffset until = time.GetUtcNow().AddMinutes(minutes);
        await store.SetMuteAsync(name.Key, new Mute(until, reason), cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        string shown = minutes.ToString(CultureInfo.InvariantCulture);
        _ = neighbours.Tell(name.Key, new GameMessage(Rooms.System, MuteId, YouAreMuted, [shown, reason], Sender: string.Empty));
        return (MuteStatus.Done, until);
    }

    /// <summary>Lets a muted character speak again.</summary>
    /// <param name="tier">The tier of whoever does.</param>
    /// <param name="name">The character.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StateStoreException">The store failed.</exception>
    public async ValueTask<MuteStatus> UnmuteAsync(int tier, KeptName name, CancellationToken cancellationToken)
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

        _ = neighbours.Tell(name.Key, new GameMessage(Rooms.System, UnmuteId, YouMaySpeak, [], Sender: string.Empty));
        return MuteStatus.Done;
    }
}
