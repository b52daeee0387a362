using System.Runtime.InteropServices;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Messages.CPrograms;

/// <summary>
/// The wire of C programs with many requests under way:
/// <c>struct { long mtype; int request_id; int user_id; char cmd[256]; }</c>, and the same head with <c>char text[256]</c> in a result.
/// <code>
/// 0            4         8                              264
/// | request_id | user_id | cmd or text, NUL, zeros ...  |
/// </code>
/// Both are C <c>int</c>s in the byte order of the machine; a request id is from 1, a user id from 0.
/// </summary>
public sealed class StructCodec : CProgramCodec
{
    /// <summary>The size of the two numbers.</summary>
    public const int HeadBytes = 2 * sizeof(int);

    /// <summary>The size of <c>cmd</c> and of <c>text</c>.</summary>
    public const int TextBytes = 256;

    /// <summary>The size of a frame as it is sent: the C struct without its <c>mtype</c>. Shorter ones are read too.</summary>
    public const int FrameBytes = HeadBytes + TextBytes;

    /// <summary>Makes the codec.</summary>
    public StructCodec()
        : base(HeadBytes, TextBytes)
    {
    }

    /// <inheritdoc/>
    public override WireFormat Format => WireFormat.Struct;

    /// <inheritdoc/>
    public override int MaxInFlight => int.MaxValue;

    /// <inheritdoc/>
    public override ulong MaxRequestId => int.MaxValue;

    private protected override bool IsFixedSize => true;

    private protected override void WriteHead(in Envelope envelope, Span<byte> frame)
    {
        if (envelope.RequestId is < 1 or > int.MaxValue || envelope.UserId < 0)
        {
            throw new ArgumentException($"A number of the envelope is out of this wire's range: {envelope}", nameof(envelope));
        }

        MemoryMarshal.Write(frame, (int)envelope.RequestId);
        MemoryMarshal.Write(frame[sizeof(int)..], envelope.UserId);
    }

    private protected override bool TryReadHead(ReadOnlySpan<byte> frame, out ulong requestId, out int userId)
    {
        int id = MemoryMarshal.Read<int>(frame);
        requestId = unchecked((ulong)id);
        userId = MemoryMarshal.Read<int>(frame[sizeof(int)..]);
        return id > 0 && userId >= 0;
    }
}
