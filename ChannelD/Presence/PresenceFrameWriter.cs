using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace ChannelD.Presence;

/// <summary>Makes the frames in which a channelD tells of its characters. Stateless; for any thread.</summary>
internal sealed class PresenceFrameWriter
{
    /// <summary>Frames fill at most this part of the request queue, which they share with the requests of all players.</summary>
    private const int QueueShare = 16;

    /// <summary>Room for any one character, however small the queue is.</summary>
    private const int LeastFrameBytes = 1024;

    /// <summary>Envelope and fields, at their longest.</summary>
    private const int HeadBytes = 96;

    private readonly FrameCodec _codec;
    private readonly int _channelId;
    private readonly ulong _generation;
    private readonly long _startedAtNs;

    /// <summary>Makes a writer.</summary>
    public PresenceFrameWriter(FrameCodec codec, TransportLimits limits, int channelId, ulong generation, long startedAtNs)
    {
        _codec = codec;
        _channelId = channelId;
        _generation = generation;
        _startedAtNs = startedAtNs;
        MaxFrameBytes = (int)Math.Min(limits.MaxFrameBytes, Math.Max(limits.RequestCapacityBytes / QueueShare, LeastFrameBytes));
        RoomBytes = MaxFrameBytes - HeadBytes;
    }

    /// <summary>The largest frame.</summary>
    public int MaxFrameBytes { get; }

    /// <summary>How many bytes of entries a frame has room for.</summary>
    public int RoomBytes { get; }

    /// <summary>Writes a frame that is sent now.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="nowNs">The time.</param>
    /// <param name="buffer">Takes it; is emptied first.</param>
    public void Write(PresenceFrame frame, long nowNs, PooledBuffer buffer)
    {
        buffer.Clear();
        var update = new PresenceUpdate(_channelId, _startedAtNs, frame.Number, frame.Flags, nowNs, frame.Entries);
        _codec.Write(new Envelope { Kind = MessageKind.Control, Generation = _generation }, update, buffer);
    }
}
