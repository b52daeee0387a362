namespace Shared.Protocol.Administration;

/// <summary>One line of a trace: something that the character said, or, with <see cref="Room"/> empty, that the trace goes on.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The character's name.</param>
/// <param name="Room"><c>map</c>, <c>whisper</c>, <c>party</c> or <c>world</c>; empty in the first line, and in those that only show that the daemon lives.</param>
/// <param name="To">The map or the name that it was said to; empty where the room says all.</param>
/// <param name="Text">What was said.</param>
/// <param name="Missed">How many lines before this one were lost, because they were not read fast enough.</param>
public sealed record TraceLine(DateTimeOffset At, string Name, string Room, string To, string Text, long Missed = 0);
