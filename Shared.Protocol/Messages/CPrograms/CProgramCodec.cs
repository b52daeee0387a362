using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.CPrograms;

/// <summary>
/// What both wires for C programs have in common: a frame is a head of fixed size (or none) and a text, NUL-terminated UTF-8, in a
/// <c>char</c> array of fixed size. Only a player's line (<see cref="CommandRequest"/>) and its result travel.
/// </summary>
/// <remarks>
/// The <c>mtype</c> of the C struct is not part of a frame: the transport adds it. A request's line is never altered: what has no room,
/// or holds a NUL at which a C program would stop reading, is refused. A result's text is cut at a character, for it is only shown.
/// </remarks>
public abstract class CProgramCodec : FrameCodec
{
    private const string TextCode = "text";

    private readonly int _headBytes;
    private readonly int _textBytes;

    private protected CProgramCodec(int headBytes, int textBytes)
    {
        _headBytes = headBytes;
        _textBytes = textBytes;
    }

    /// <inheritdoc/>
    public override bool CarriesSessions => false;

    /// <inheritdoc/>
    public override bool CarriesGeneration => false;

    /// <summary>Whether a frame has its full size always, filled up with zeros, or ends behind its text's NUL.</summary>
    private protected abstract bool IsFixedSize { get; }

    /// <inheritdoc/>
    public override bool CanCarry<TRequest>(in TRequest request) =>
        request is CommandRequest command
            ? CText.Fits(command.Line, _textBytes)
            : throw new NotSupportedException($"The {Format} wire carries players' lines only, no {typeof(TRequest).Name}.");

    /// <inheritdoc/>
    public override void Write<TBody>(in Envelope envelope, in TBody body, PooledBuffer frame)
    {
        RefusePart(envelope);
        if (envelope.Kind == MessageKind.Request && body is CommandRequest request && CText.Fits(request.Line, _textBytes))
        {
            WriteText(envelope, request.Line, frame);
        }
        else if (envelope.Kind == MessageKind.Result && body is ResultBody<CommandResult> result)
        {
            WriteText(envelope, TextOf(result), frame);
        }
        else if (envelope.Kind == MessageKind.Result)
        {
            // A refusal by the request layer itself has no message, and so no message's type.
            using var whole = new PooledBuffer();
            var writer = new MessagePackWriter(whole);
            body.Write(ref writer);
            writer.Flush();
            WriteRaw(envelope, whole.WrittenSpan, frame);
        }
        else
        {
            throw new NotSupportedException($"The {Format} wire cannot carry this {envelope.Kind} ({typeof(TBody).Name}).");
        }
    }

    /// <inheritdoc/>
    public override void WriteRaw(in Envelope envelope, ReadOnlySpan<byte> body, PooledBuffer frame)
    {
        RefusePart(envelope);
        var reader = new MessagePackReader(body);
        try
        {
            if (envelope.Kind == MessageKind.Request)
            {
                Write(envelope, CommandRequest.Read(ref reader), frame);
            }
            else
            {
                Write(envelope, ResultBody<CommandResult>.Read(ref reader), frame);
            }
        }
        catch (MessagePackSerializationException exception)
        {
            throw new NotSupportedException($"The {Format} wire cannot carry this {envelope.Kind}.", exception);
        }
    }

    /// <inheritdoc/>
    public override FrameFault TryRead(
        ReadOnlySpan<byte> frame, PooledBuffer scratch, MessageKind kindHint, out Envelope envelope, out ReadOnlySpan<byte> body)
    {
        scratch.Clear();
        envelope = default;
        body = default;
        if (frame.IsEmpty || frame.Length < _headBytes)
        {
            return FrameFault.Truncated;
        }

        if (!TryReadHead(frame, out ulong requestId, out int userId) || !CText.TryFind(frame[_headBytes..], _textBytes, out ReadOnlySpan<byte> text))
        {
            return FrameFault.Malformed;
        }

        var writer = new MessagePackWriter(scratch);
        switch (kindHint)
        {
            case MessageKind.Request when CText.TryReadExact(text, out string? line):
                new CommandRequest(line).Write(ref writer);
                break;
            case MessageKind.Result:
                var result = new CommandResult(string.Empty, TextCode, [], CText.ReadRepaired(text));
                new ResultBody<CommandResult>(ResultStatus.Ok, null, result, HasMessage: true).Write(ref writer);
                break;
            default:
                return FrameFault.Malformed;
        }

        writer.Flush();
        body = scratch.WrittenSpan;
        envelope = new Envelope
        {
            Kind = kindHint,
            RequestId = requestId,
            UserId = userId,

            // A C program waits where the first chatD would: the old shape has requests of type 1 and results of type 2.
            ReplyMailbox = kindHint == MessageKind.Request ? new Mailbox(MailboxKind.Result, 0).MType : 0,
        };
        return FrameFault.None;
    }

    /// <summary>Writes the head into the first bytes of a frame.</summary>
    private protected abstract void WriteHead(in Envelope envelope, Span<byte> frame);

    /// <summary>Reads the head from the first bytes of a frame.</summary>
    private protected abstract bool TryReadHead(ReadOnlySpan<byte> frame, out ulong requestId, out int userId);

    private static string TextOf(in ResultBody<CommandResult> result) =>
        result.HasMessage ? result.Message.Text ?? result.Message.Code : result.Code ?? string.Empty;

    private static void RefusePart(in Envelope envelope)
    {
        if (envelope.Part is not null)
        {
            throw new ArgumentException("The wires for C programs have no pieces.", nameof(envelope));
        }
    }

    private void WriteText(in Envelope envelope, string text, PooledBuffer frame)
    {
        int fullBytes = _headBytes + _textBytes;
        Span<byte> span = frame.GetSpan(fullBytes)[..fullBytes];
        WriteHead(envelope, span);
        int endBytes = _headBytes + CText.WriteCut(text, span[_headBytes..^1]);
        span[endBytes..].Clear();
        frame.Advance(IsFixedSize ? fullBytes : endBytes + 1);
    }
}
