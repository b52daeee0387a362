namespace ChannelD.Speech;

/// <summary>Something that a traced character has said.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The character's name.</param>
/// <param name="Said">What.</param>
internal readonly record struct TracedLine(DateTimeOffset At, string Name, Utterance Said);
