using Shared.Protocol.Names;

namespace ChannelD.Directory;

/// <summary>What the directory knew of a character at the moment of the question. A copy: it does not change afterwards.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Session">The session that plays it.</param>
/// <param name="Channel">Its channel, from 1.</param>
/// <param name="Map">Its map.</param>
/// <param name="State">Where it is.</param>
/// <param name="Tier">0 for a player; from 1 for a game master, the higher the more he may.</param>
/// <param name="IsHidden">Whether nobody below its tier is to learn that it is there.</param>
/// <param name="TracedKey">The name key of whom it watches as a game master; null for nobody.</param>
/// <param name="EnteredAtNs">When its session entered at the channelD that has it, in nanoseconds of the monotonic clock.</param>
/// <param name="TransferUntilNs">When its transfer ends, in the same time; 0 while it is in none.</param>
/// <param name="IsLeaving">Whether that transfer takes it to another channelD: what its player types next is not for this one.</param>
public readonly record struct Character(
    CharacterName Name,
    SessionId Session,
    int Channel,
    MapName Map,
    CharacterState State,
    int Tier = 0,
    bool IsHidden = false,
    string? TracedKey = null,
    long EnteredAtNs = 0,
    long TransferUntilNs = 0,
    bool IsLeaving = false)
{
    /// <summary>Whether somebody of a tier may know of it.</summary>
    public bool IsVisibleTo(int tier) => !IsHidden || tier >= Tier;
}
