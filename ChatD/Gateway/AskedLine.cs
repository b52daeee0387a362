namespace ChatD.Gateway;

/// <summary>What a <see cref="ChannelGateway"/> knows of a line that it has asked a channelD to run.</summary>
/// <param name="Number">Its place among the lines of its session.</param>
/// <param name="Port">Whom it was asked of; null where it had to wait before, and its outcome is final.</param>
/// <param name="MoveCount">How many moves of its session had ended then.</param>
/// <param name="SinceTimestamp">When it came, as a time stamp of the gateway's clock.</param>
internal readonly record struct AskedLine(int Number, ChannelPort? Port, int MoveCount, long SinceTimestamp);
