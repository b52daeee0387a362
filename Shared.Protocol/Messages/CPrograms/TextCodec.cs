using Shared.Protocol.Wire;

namespace Shared.Protocol.Messages.CPrograms;

/// <summary>
/// The wire of the oldest C programs: <c>struct { long mtype; char mtext[1024]; }</c>. A frame is the text and its NUL; one without a NUL is
/// read too. There are no ids, so that one request at a time is under way, and the next result is its result.
/// </summary>
public sealed class TextCodec : CProgramCodec
{
    /// <summary>The size of <c>mtext</c>.</summary>
    public const int TextBytes = 1024;

    /// <summary>Makes the codec.</summary>
    public TextCodec()
        : base(headBytes: 0, TextBytes)
    {
    }

    /// <inheritdoc/>
    public override WireFormat Format => WireFormat.Text;

    /// <inheritdoc/>
    public override int MaxInFlight => 1;

    /// <inheritdoc/>
    public override ulong MaxRequestId => 0;

    private protected override bool IsFixedSize => false;

    private protected override void WriteHead(in Envelope envelope, Span<byte> frame)
    {
    }

    private protected override bool TryReadHead(ReadOnlySpan<byte> frame, out ulong requestId, out int userId)
    {
        requestId = 0;
        userId = 0;
        return true;
    }
}
