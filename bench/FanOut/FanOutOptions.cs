namespace FanOut;

/// <summary>What to measure.</summary>
/// <param name="Players">How many stand in the map, on all chatDs together.</param>
/// <param name="Chats">How many chatDs there are.</param>
/// <param name="Says">How many lines a round says.</param>
/// <param name="Window">How many of them are under way at once in the second half of a round.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="Line">What is said; its number is put behind it.</param>
/// <param name="ChannelOptions">Further options of channelD.</param>
public sealed record FanOutOptions(
    int Players, int Chats, int Says, int Window, int Rounds, string Line, IReadOnlyList<string> ChannelOptions);
