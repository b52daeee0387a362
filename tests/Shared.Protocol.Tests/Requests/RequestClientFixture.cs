using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Time;
using Testing.Support.Transports;

namespace Shared.Protocol.Tests.Requests;

/// <summary>A client on a scripted transport and a time that stands still.</summary>
internal sealed class RequestClientFixture : IDisposable
{
    public const ulong Generation = 0xFEED;

    public static readonly Mailbox Requests = new(MailboxKind.Request, 0);
    public static readonly Mailbox Results = new(MailboxKind.Result, 0);

    private readonly PooledBuffer _scratch = new();

    public RequestClientFixture(RequestClientOptions? options = null, FrameCodec? codec = null, ulong firstUse = 0)
    {
        Codec = codec ?? WireCodecs.For(WireFormat.MessagePack);
        Client = new RequestClient(
            Transport, Codec, Results, Generation, options ?? new RequestClientOptions { WindowBytes = 12288 }, Time, firstUse);
    }

    public ScriptedTransport Transport { get; } = new();

    public ManualTime Time { get; } = new();

    public FrameCodec Codec { get; }

    public RequestClient Client { get; }

    public Task<Outcome<CommandResult>> SendAsync(string line, int userId = 7, CancellationToken cancellationToken = default) =>
        SendToAsync(Requests, line, userId, cancellationToken);

    public Task<Outcome<CommandResult>> SendToAsync(Mailbox to, string line, int userId = 7, CancellationToken cancellationToken = default) =>
        Client.SendAsync<CommandRequest, CommandResult>(to, userId, new CommandRequest(line), cancellationToken).AsTask();

    /// <summary>The envelope of the n-th frame that was sent.</summary>
    public Envelope SentEnvelope(int index) => EnvelopeOf(Transport.Sent[index].Frame);

    public Envelope EnvelopeOf(byte[] frame)
    {
        Assert.Equal(FrameFault.None, Codec.TryRead(frame, _scratch, MessageKind.Request, out Envelope envelope, out _));
        return envelope;
    }

    public string SentLine(int index) => LineOf(Transport.Sent[index].Frame);

    public string LineOf(byte[] frame)
    {
        Codec.TryRead(frame, _scratch, MessageKind.Request, out _, out ReadOnlySpan<byte> body);
        var reader = new MessagePackReader(body);
        return CommandRequest.Read(ref reader).Line;
    }

    /// <summary>Answers a request Ok, or as if another's had been answered where the arguments say so.</summary>
    public void Answer(in Envelope request, string code = "done", int? userId = null, ulong? generation = null, ulong? requestId = null)
    {
        Client.OnFrame(ResultOf(
            request with
            {
                RequestId = requestId ?? request.RequestId,
                Generation = generation ?? request.Generation,
                UserId = userId ?? request.UserId,
            },
            code));
    }

    /// <summary>The frame of a result to a request.</summary>
    public byte[] ResultOf(in Envelope request, string code = "done")
    {
        using var frame = new PooledBuffer();
        Codec.Write(
            new Envelope { Kind = MessageKind.Result, RequestId = request.RequestId, Generation = request.Generation, UserId = request.UserId },
            ResultBody<CommandResult>.Ok(new CommandResult("find", code, [], code)),
            frame);
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>Hands several frames over as one.</summary>
    public void OnFrame(IEnumerable<byte[]> frames)
    {
        var writer = new BatchWriter();
        foreach (byte[] frame in frames)
        {
            writer.Add(frame);
        }

        Client.OnFrame(writer.Finished);
    }

    public void Dispose()
    {
        Client.Dispose();
        _scratch.Dispose();
    }
}
