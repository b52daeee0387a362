namespace Shared.Protocol.Wire.Codecs;

/// <summary>
/// Turns an envelope and a body into the bytes of a frame and back. The body is the same on every wire: MessagePack.
/// A codec for C programs translates those few bodies that its wire can carry. Stateless; safe on every thread.
/// </summary>
public abstract class FrameCodec
{
    /// <summary>Which wire this is.</summary>
    public abstract WireFormat Format { get; }

    /// <summary>Whether sessions, greetings and events travel, or players' lines and their results only.</summary>
    public abstract bool CarriesSessions { get; }

    /// <summary>How many requests may be unanswered at once; on a wire without ids it is one.</summary>
    public abstract int MaxInFlight { get; }

    /// <summary>The largest request id of this wire: ids run from 1 to here. A wire without ids has 0.</summary>
    public abstract ulong MaxRequestId { get; }

    /// <summary>Whether a result names the generation of its asker.</summary>
    public abstract bool CarriesGeneration { get; }

    /// <summary>
    /// Whether this wire can carry a request unchanged. A line that a C struct has no room for cannot be cut: it would be another
    /// command. Ask before a request is begun, and refuse it if not.
    /// </summary>
    /// <exception cref="NotSupportedException">This wire carries no request of that type, whatever is in it.</exception>
    public virtual bool CanCarry<TRequest>(in TRequest request)
        where TRequest : IWireMessage<TRequest> => true;

    /// <summary>Appends a frame to <paramref name="frame"/>. When it throws, the beginning of a frame may be there: clear the buffer.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="body">The body, written in place.</param>
    /// <param name="frame">Where the frame goes.</param>
    /// <exception cref="NotSupportedException">This wire cannot carry such a body (see <see cref="CanCarry"/>).</exception>
    /// <exception cref="ArgumentException">A number of the envelope is out of range, a part is set, or a string is no Unicode text.</exception>
    public abstract void Write<TBody>(in Envelope envelope, in TBody body, PooledBuffer frame)
        where TBody : IWireMessage<TBody>;

    /// <summary>
    /// Appends a frame whose body is in bytes already. With <see cref="Envelope.Part"/> set they are one piece of a body.
    /// </summary>
    /// <exception cref="NotSupportedException">This wire cannot carry such a body.</exception>
    /// <exception cref="ArgumentException">A number of the envelope is out of range.</exception>
    public abstract void WriteRaw(in Envelope envelope, ReadOnlySpan<byte> body, PooledBuffer frame);

    /// <summary>
    /// Reads a frame. Never throws for its content, and costs no more than its own length, whatever it claims.
    /// </summary>
    /// <param name="frame">The bytes as they arrived.</param>
    /// <param name="scratch">Takes the translated body where the frame does not hold it as it is; cleared first.</param>
    /// <param name="envelope">The envelope read.</param>
    /// <param name="body">The body in MessagePack (or one piece of it), not yet looked at. It lies in the frame or in the scratch.</param>
    /// <param name="kindHint">What arrives where this frame was read; wires without an envelope have no other way to know.</param>
    public abstract FrameFault TryRead(
        ReadOnlySpan<byte> frame, PooledBuffer scratch, MessageKind kindHint, out Envelope envelope, out ReadOnlySpan<byte> body);
}
