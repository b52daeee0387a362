namespace ChannelD.Directory;

/// <summary>Which characters the other channelDs have. Answers from memory. For any thread.</summary>
internal interface IOtherChannels
{
    /// <summary>The character of this key, if a living channelD has it.</summary>
    bool TryFindElsewhere(ReadOnlySpan<char> key, out Character character);
}
