using System.Buffers;
using System.Buffers.Binary;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>
/// Cuts a player's connection into frames, and makes frames of messages; chatD and its clients use the same.
/// <code>
///  0        4
/// ┌────────┬─────────────────────────┐
/// │ length │ one MessagePack message │   length: big-endian, the bytes of the message alone, from 1
/// └────────┴─────────────────────────┘
/// </code>
/// </summary>
public static class PlayerFraming
{
    private const int InitialBodyBytes = 512;

    // One long message must not leave its buffer with every thread that ever wrote one.
    private const int MaxKeptBodyBytes = 64 * 1024;

    // A body is made aside before its length is known; one buffer a thread serves every frame that thread writes.
    [ThreadStatic]
    private static PooledBuffer? t_body;

    /// <summary>
    /// Takes one frame off the front of what has been received. The length is checked before anything is waited for or
    /// allocated, so a lying length costs its sender the connection and the reader nothing.
    /// </summary>
    /// <param name="received">What has been received; on success it begins behind the frame, else it is unchanged.</param>
    /// <param name="maxFrameBytes">The longest message that is accepted, in bytes without the length.</param>
    /// <param name="payload">The message's bytes; a part of <paramref name="received"/> and valid as long as that is.</param>
    /// <param name="fault">Why there will never be a frame; <see cref="PlayerFrameFault.None"/> when more bytes are needed.</param>
    /// <returns>Whether a whole frame was there.</returns>
    public static bool TryReadFrame(ref ReadOnlySequence<byte> received, int maxFrameBytes, out ReadOnlySequence<byte> payload, out PlayerFrameFault fault)
    {
        payload = default;
        fault = PlayerFrameFault.None;
        if (received.Length < PlayerProtocol.LengthBytes)
        {
            return false;
        }

        uint lengthBytes = ReadLength(received);
        if (lengthBytes == 0)
        {
            fault = PlayerFrameFault.Empty;
            return false;
        }

        if (lengthBytes > (uint)maxFrameBytes)
        {
            fault = PlayerFrameFault.TooLong;
            return false;
        }

        if (received.Length - PlayerProtocol.LengthBytes < lengthBytes)
        {
            return false;
        }

        payload = received.Slice(PlayerProtocol.LengthBytes, lengthBytes);
        received = received.Slice(payload.End);
        return true;
    }

    /// <summary>Reads the message of a frame.</summary>
    /// <typeparam name="T">The message's type.</typeparam>
    /// <param name="payload">The message's bytes.</param>
    /// <exception cref="MessagePackSerializationException">They are not such a message, or more than one message.</exception>
    public static T ReadMessage<T>(ReadOnlySpan<byte> payload)
        where T : IWireMessage<T>
    {
        var reader = new MessagePackReader(payload);
        T message = T.Read(ref reader);
        return reader.End
            ? message
            : throw new MessagePackSerializationException($"The message of type {T.TypeNumber} ends before its frame does.");
    }

    /// <summary>Writes a message as one frame. Writes nothing when it throws.</summary>
    /// <typeparam name="T">The message's type.</typeparam>
    /// <param name="output">Where to; it is advanced, not flushed.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="InvalidOperationException"><paramref name="output"/> would grow past its own bound.</exception>
    public static void WriteFrame<T>(IBufferWriter<byte> output, in T message)
        where T : IWireMessage<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        PooledBuffer body = t_body ??= new PooledBuffer(InitialBodyBytes);
        body.Clear();
        try
        {
            var writer = new MessagePackWriter(body);
            message.Write(ref writer);
            writer.Flush();

            Span<byte> frame = output.GetSpan(PlayerProtocol.LengthBytes + body.WrittenBytes);
            BinaryPrimitives.WriteInt32BigEndian(frame, body.WrittenBytes);
            body.WrittenSpan.CopyTo(frame[PlayerProtocol.LengthBytes..]);
            output.Advance(PlayerProtocol.LengthBytes + body.WrittenBytes);
        }
        finally
        {
            if (body.WrittenBytes > MaxKeptBodyBytes)
            {
                t_body = null;
                body.Dispose();
            }
        }
    }

    private static uint ReadLength(in ReadOnlySequence<byte> received)
    {
        ReadOnlySpan<byte> first = received.FirstSpan;
        if (first.Length >= PlayerProtocol.LengthBytes)
        {
            return BinaryPrimitives.ReadUInt32BigEndian(first);
        }

        Span<byte> together = stackalloc byte[PlayerProtocol.LengthBytes];
        received.Slice(0, PlayerProtocol.LengthBytes).CopyTo(together);
        return BinaryPrimitives.ReadUInt32BigEndian(together);
    }
}
