namespace Gsctl.Reports;

/// <summary>A line of <c>gsctl trace --json</c>.</summary>
/// <param name="At">When.</param>
/// <param name="Daemon">The channelD where it was said, e.g. <c>channelD 1</c>.</param>
/// <param name="Name">The character's name.</param>
/// <param name="Room"><c>map</c>, <c>whisper</c>, <c>party</c> or <c>world</c>.</param>
/// <param name="To">The map or the name that it was said to; empty where the room says all.</param>
/// <param name="Text">What was said.</param>
/// <param name="Missed">How many lines before this one were lost, because they were not read fast enough.</param>
internal sealed record TracedReport(DateTimeOffset At, string Daemon, string Name, string Room, string To, string Text, long Missed);
