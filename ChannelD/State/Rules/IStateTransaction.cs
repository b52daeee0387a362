using ChannelD.Moderation;

namespace ChannelD.State.Rules;

/// <summary>
/// What a store can do within one transaction: reading and writing rows. What may be done is decided by the rules of this folder, the same for
/// every store.
/// </summary>
internal interface IStateTransaction
{
    /// <summary>The number of the last change of all.</summary>
    long GetCursor();

    /// <summary>The number of the last change that concerned a character; 0 for none.</summary>
    long GetVersion(string key);

    /// <summary>Those concerned by changes after a number, in the order of the changes.</summary>
    IReadOnlyList<(string Key, long Number)> GetChanges(long after, int limit);

    /// <summary>Notes that a character's record changes with this transaction.</summary>
    void MarkChanged(string key);

    Mute? GetMute(string key);

    void PutMute(string key, Mute mute);

    void RemoveMute(string key);

    /// <summary>In the order in which they were added.</summary>
    IReadOnlyList<KeptName> GetNames(NameList list, string owner);

    void AddName(NameList list, string owner, KeptName name);

    void RemoveName(NameList list, string owner, string key);

    /// <summary>The friends of a character who block it.</summary>
    IReadOnlyList<string> GetBlockingBuddies(string key);

    /// <summary>The party that a character is in; null for none.</summary>
    Party? FindPartyOf(string key);

    /// <summary>A party; null if it is no more.</summary>
    Party? GetParty(long id);

    /// <summary>Makes a party with its leader as only member.</summary>
    long AddParty(KeptName leader);

    void SetLeader(long id, string key);

    /// <summary>Removes a party without members, and its invitations.</summary>
    void RemoveParty(long id);

    void AddMember(long id, KeptName member);

    void RemoveMember(string key);

    Invitation? GetInvitation(string guest);

    void PutInvitation(string guest, Invitation invitation);

    void RemoveInvitation(string guest);
}
