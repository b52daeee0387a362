namespace Shared.Protocol.Administration;

/// <summary>The characters of a channelD.</summary>
/// <param name="Channel">The channel of the channelD.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Characters">As many of them as were asked for.</param>
public sealed record CharactersAnswer(int Channel, int Total, IReadOnlyList<CharacterStatus> Characters);
