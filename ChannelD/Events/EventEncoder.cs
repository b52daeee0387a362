using ChannelD.Diagnostics;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace ChannelD.Events;

/// <summary>Makes the frames of one stream. For one thread at a time: its outbox' lock guards it.</summary>
/// <param name="codec">The wire.</param>
/// <param name="generation">The own generation, which the envelope carries.</param>
/// <param name="maxFrameBytes">The longest frame.</param>
internal sealed class EventEncoder(FrameCodec codec, ulong generation, int maxFrameBytes) : IDisposable
{
    private const int MaxIdBytes = 5;

    // What a number and the header of the list may take beyond what they take in a frame that was measured.
    private const int MaxGrowthBytes = 16;

    private readonly PooledBuffer _scratch = new(512);

    /// <summary>Adds the frame of a message; false where it is longer than a frame can be.</summary>
    public bool TryEncode<T>(in T message, List<EventFrame> frames)
        where T : IWireMessage<T>
    {
        Write(message);
        if (_scratch.WrittenBytes > maxFrameBytes)
        {
            return false;
        }

        frames.Add(EventFrame.Copy(_scratch.WrittenSpan));
        return true;
    }

    /// <summary>
    /// Adds the frames of an event, numbered on from its own number: one, or as many as its recipients take, each complete in itself. False where
    /// not even one recipient finds room.
    /// </summary>
    public bool TryEncode(in GameEvent message, List<EventFrame> frames)
    {
        if (TryEncode<GameEvent>(message, frames))
        {
            return true;
        }

        Write(message with { UserIds = [] });
        int idsInAFrame = (maxFrameBytes - _scratch.WrittenBytes - MaxGrowthBytes) / MaxIdBytes;
        if (idsInAFrame < 1 || message.UserIds.Count == 0)
        {
            return false;
        }

        ulong number = message.Number;
        foreach (int[] part in message.UserIds.Chunk(idsInAFrame))
        {
            Write(message with { Number = number++, UserIds = part });
            frames.Add(EventFrame.Copy(_scratch.WrittenSpan));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private void Write<T>(in T message)
        where T : IWireMessage<T>
    {
        _scratch.Clear();
        codec.Write(
            new Envelope { Kind = MessageKind.Event, Generation = generation, Trace = ChannelTracing.ContextOfRunning() }, message, _scratch);
    }
}
