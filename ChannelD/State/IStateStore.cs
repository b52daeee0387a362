using ChannelD.Moderation;

namespace ChannelD.State;

/// <summary>Keeps what must outlive a channelD and is shared by all of a world: mutes, lists of names, parties.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Each operation is one transaction. What it returns has been kept: a crash of the process or the machine right afterwards does not undo
/// it. Operations of all channelDs happen one after the other, as each sees it.</item>
/// <item>A refusal (list full, not the leader) is a value. <see cref="StateStoreException"/> is thrown where the store itself fails, and says
/// whether a change may have been made; no operation takes much longer than <see cref="StateStore.DeadlineMs"/>.</item>
/// <item>A cancelled operation that has not begun does not happen.</item>
/// <item>For any thread. Operations that one thread starts one after the other happen in that order, if all are changes.</item>
/// <item>Name keys and names come from <c>CharacterName</c>: what is longer than that allows is misuse.</item>
/// </list>
/// </remarks>
public interface IStateStore : IDisposable
{
    /// <summary>Which store this is, for an operator: a path, a server. No secrets.</summary>
    string Place { get; }

    /// <summary>Opens it and brings it to the present schema. Once, before everything else.</summary>
    /// <exception cref="StateStoreException">It cannot be used; the message tells what to do.</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>All that is kept of a character; an empty record where nothing is.</summary>
    ValueTask<CharacterRecord> LoadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Mutes a character, in place of any earlier mute, or lifts its mute.</summary>
    /// <param name="key">The character; it need not have been seen before.</param>
    /// <param name="mute">The mute; null to lift it.</param>
    /// <param name="cancellationToken">See above.</param>
    /// <returns>False if there was none to lift.</returns>
    ValueTask<bool> SetMuteAsync(string key, Mute? mute, CancellationToken cancellationToken);

    /// <summary>Adds a name to a list of a character: up to <see cref="StateLimits.MaxNames"/>.</summary>
    ValueTask<ListStatus> AddNameAsync(NameList list, string owner, KeptName name, CancellationToken cancellationToken);

    /// <summary>Takes a name from a list of a character.</summary>
    ValueTask<ListStatus> RemoveNameAsync(NameList list, string owner, string key, CancellationToken cancellationToken);

    /// <summary>Makes a party of one. <c>Done</c>, or <c>InParty</c>.</summary>
    ValueTask<PartyResult> CreatePartyAsync(KeptName leader, CancellationToken cancellationToken);

    /// <summary>
    /// Invites somebody into the leader's party, until <see cref="StateLimits.InvitationLifetime"/> after <paramref name="now"/>. <c>Done</c>,
    /// <c>NotInParty</c>, <c>NotLeader</c>, <c>Full</c>, <c>AlreadyMember</c>, <c>OtherInParty</c> or <c>OtherIsInvited</c>. A guest who blocks
    /// the leader gets no invitation, and the leader the same <c>Done</c>: whom somebody blocks is his own business.
    /// </summary>
    ValueTask<PartyResult> InviteAsync(KeptName leader, KeptName guest, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Joins the party that has invited. <c>Done</c>, <c>NoInvitation</c>, <c>InParty</c> or <c>Full</c>.</summary>
    ValueTask<PartyResult> AcceptAsync(KeptName guest, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Drops an invitation. <c>Done</c> with the party that had invited, or <c>NoInvitation</c>.</summary>
    ValueTask<PartyResult> DeclineAsync(string guest, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves the party. <c>Done</c> with the party that goes on, and its new leader where the old one has left; <c>Dissolved</c> or
    /// <c>NotInParty</c>. The leader passes on to whoever has been a member longest.
    /// </summary>
    ValueTask<PartyResult> LeavePartyAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Removes another from the leader's party. <c>Done</c> with the party and the removed, <c>NotInParty</c>, <c>NotLeader</c>, or
    /// <c>NotMember</c>, also for the leader himself, who leaves instead.
    /// </summary>
    ValueTask<PartyResult> KickAsync(string leader, string key, CancellationToken cancellationToken);

    /// <summary>The number of the last change.</summary>
    ValueTask<long> GetCursorAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whose records have changed after a cursor, by whichever channelD. A change is seen here as soon as its operation has returned, and none is
    /// ever skipped.
    /// </summary>
    ValueTask<ChangeBatch> ReadChangesAsync(long after, CancellationToken cancellationToken);
}
