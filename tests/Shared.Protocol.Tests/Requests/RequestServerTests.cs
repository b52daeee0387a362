using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Time;
using Testing.Support.Transports;

namespace Shared.Protocol.Tests.Requests;

public sealed class RequestServerTests : IDisposable
{
    private static readonly Mailbox s_replyTo = new(MailboxKind.Result, 3);

    private readonly ScriptedTransport _transport = new();
    private readonly ManualTime _time = new();
    private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);
    private readonly PooledBuffer _scratch = new();
    private readonly RequestServer _server;
    private readonly List<string> _run = [];

    public RequestServerTests()
    {
        _server = MakeServer(new RequestServerOptions { MaxResultBytes = 64 * 1024, MaxPending = 8 });
    }

    [Fact]
    public void OnFrame_ARequest_IsRunAndAnsweredToItsAsker()
    {
        Ask("/찾기 나", requestId: 9, userId: 5);
        (Mailbox to, byte[] frame) = Assert.Single(_transport.Sent);
        Assert.Equal(s_replyTo, to);
        Envelope envelope = Read(frame, out ResultBody<CommandResult> body);
        Assert.Equal((MessageKind.Result, 9UL, 77UL, 5), (envelope.Kind, envelope.RequestId, envelope.Generation, envelope.UserId));
        Assert.Equal((ResultStatus.Ok, "/찾기 나"), (body.Status, body.Message.Code));
    }

    [Fact]
    public void OnFrame_Expired_IsNotRunAndNotAnswered()
    {
        Ask("/찾기 나", deadlineNs: _time.NowNs);
        Assert.Empty(_run);
        Assert.Empty(_transport.Sent);
        Assert.Equal(1, _server.Statistics.Expired);
    }

    [Fact]
    public void OnFrame_OfAnUnknownType_IsAnsweredWithTheError()
    {
        Send(new LogOutRequest(), new Envelope { Kind = MessageKind.Request, RequestId = 1, Generation = 77, ReplyMailbox = s_replyTo.MType });
        Read(_transport.Sent[0].Frame, out ResultBody<CommandResult> body);
        Assert.Equal((ResultStatus.Error, OutcomeCodes.UnknownRequest), (body.Status, body.Code));
    }

    [Fact]
    public void OnFrame_AHandlerThrows_AnswersInternalAndReadsOn()
    {
        Ask("throw");
        Ask("/찾기 나");
        Read(_transport.Sent[0].Frame, out ResultBody<CommandResult> body);
        Assert.Equal((ResultStatus.Error, OutcomeCodes.Internal), (body.Status, body.Code));
        Assert.Equal(2, _transport.Sent.Count);
        Assert.Equal(1, _server.Statistics.Failed);
    }

    [Fact]
    public void OnFrame_AHandlerWaits_LetsTheNextGoAndIsAnsweredLater()
    {
        Ask("wait", requestId: 1);
        Ask("/찾기 나", requestId: 2);
        Assert.Equal(1, _server.UnansweredCount);
        Assert.Equal(2UL, Read(_transport.Sent[0].Frame, out _).RequestId);
        _waiting.SetResult();
        Assert.Equal(1UL, Read(_transport.Sent[1].Frame, out _).RequestId);
        Assert.Equal(0, _server.UnansweredCount);
    }

    [Theory]
    [InlineData(MessageKind.Result, 14)]
    [InlineData(MessageKind.Request, 0)]
    [InlineData(MessageKind.Request, 1)]
    [InlineData(MessageKind.Request, 999_999)]
    public void OnFrame_NotARequestThatCanBeAnswered_IsCountedMalformed(MessageKind kind, long replyMailbox)
    {
        Send(new CommandRequest("x"), new Envelope { Kind = kind, RequestId = 1, Generation = 77, ReplyMailbox = replyMailbox });
        Assert.Empty(_run);
        Assert.Equal(1, _server.Statistics.Malformed);
    }

    [Theory]
    [InlineData(SendStatus.Full)]
    [InlineData(SendStatus.Gone)]
    [InlineData(SendStatus.Refused)]
    public void OnFrame_TheMailboxTakesNothing_KeepsTheResultAndReadsOnAndSendsInOrder(SendStatus status)
    {
        _transport.NextStatus = status;
        Ask("a", requestId: 1);
        Ask("b", requestId: 2);
        Ask("c", requestId: 3);
        Assert.Equal(["a", "b", "c"], _run);
        Assert.Empty(_transport.Sent);
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal([1UL, 2, 3], _transport.Sent.Select(sent => Read(sent.Frame, out _).RequestId));
        Assert.Equal(0, _server.UnansweredCount);
    }

    [Fact]
    public void OnFrame_NoRoomUntilTheDeadline_DropsTheResultAndCountsIt()
    {
        _transport.NextStatus = SendStatus.Full;
        Ask("a", deadlineNs: _time.NowNs + 1_000_000_000);
        _time.Advance(TimeSpan.FromSeconds(2));
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Empty(_transport.Sent);
        Assert.Equal((1, 0), (_server.Statistics.Dropped, _server.UnansweredCount));
    }

    [Fact]
    public void OnFrame_MoreResultsThanTheBoundAllows_AreDroppedAndCounted()
    {
        _transport.NextStatus = SendStatus.Full;
        for (int i = 0; i < 6; i++)
        {
            Ask($"{i}", requestId: (ulong)i + 1);
        }

        Assert.Equal((2, 4), (_server.Statistics.Dropped, _server.UnansweredCount));
    }

    [Fact]
    public void OnFrame_OneMailboxFull_DelaysNoResultForAnother()
    {
        _transport.Full.Add(s_replyTo);
        var other = new Mailbox(MailboxKind.Result, 8);
        Ask("a", requestId: 1);
        Ask("b", requestId: 2, replyTo: other);
        Assert.Equal(other, Assert.Single(_transport.Sent).To);

        _transport.Full.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal([2UL, 1], _transport.Sent.Select(sent => Read(sent.Frame, out _).RequestId));
    }

    [Fact]
    public void OnFrame_OneMailboxKeepsItsBound_LeavesRoomForAnother()
    {
        var other = new Mailbox(MailboxKind.Result, 8);
        _transport.Full.UnionWith([s_replyTo, other]);
        for (int i = 0; i < 20; i++)
        {
            Ask($"{i}", requestId: (ulong)i + 1);
        }

        Assert.Equal((16, 4), (_server.Statistics.Dropped, _server.UnansweredCount));
        for (int i = 0; i < 20; i++)
        {
            Ask($"{i}", requestId: (ulong)i + 101, replyTo: other);
        }

        Assert.Equal(6, _server.UnansweredCount);
        _transport.Full.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal([1UL, 2, 3, 4, 101, 102], _transport.Sent.Select(sent => Read(sent.Frame, out _).RequestId).Order().ToArray());
        Assert.Equal(0, _server.UnansweredCount);
    }

    [Fact]
    public void OnFrame_ResultLargerThanAFrame_TravelsInPartsThatTheClientPutsTogether()
    {
        Ask("large 20000");
        Assert.True(_transport.Sent.Count > 1);
        Assert.All(_transport.Sent, sent => Assert.True(sent.Frame.Length <= _transport.Limits.ResultCapacityBytes / 4));
        var body = new List<byte>();
        for (int i = 0; i < _transport.Sent.Count; i++)
        {
            Assert.Equal(
                FrameFault.None,
                _codec.TryRead(_transport.Sent[i].Frame, _scratch, MessageKind.Result, out Envelope envelope, out ReadOnlySpan<byte> piece));
            Assert.Equal(new FramePart(i, _transport.Sent.Count), envelope.Part);
            body.AddRange(piece);
        }

        var reader = new MessagePackReader(body.ToArray());
        Assert.Equal(20000, ResultBody<CommandResult>.Read(ref reader).Message.Code.Length);
    }

    [Fact]
    public void OnFrame_ResultLargerThanAllowed_IsTheErrorTooLarge()
    {
        Ask("large 70000");
        Read(_transport.Sent[0].Frame, out ResultBody<CommandResult> body);
        Assert.Equal((ResultStatus.Error, OutcomeCodes.TooLarge), (body.Status, body.Code));
    }

    [Fact]
    public void OnFrame_ResultThatCannotBeWritten_IsAnsweredInternal()
    {
        Ask("surrogate");
        Read(_transport.Sent[0].Frame, out ResultBody<CommandResult> body);
        Assert.Equal((ResultStatus.Error, OutcomeCodes.Internal), (body.Status, body.Code));
    }

    [Fact]
    public void Retry_UnderWayWhenTheServerIsDisposed_IsQuiet()
    {
        _transport.NextStatus = SendStatus.Full;
        Ask("a");
        _transport.OnSending = _ =>
        {
            _transport.OnSending = null;
            _server.Dispose();
            throw new ObjectDisposedException("the transport");
        };
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Empty(_transport.Sent);
    }

    [Fact]
    public void OnFrame_UnreadableBody_IsAnsweredWithTheError()
    {
        using var frame = new PooledBuffer();
        _codec.WriteRaw(
            new Envelope { Kind = MessageKind.Request, RequestId = 4, Generation = 77, ReplyMailbox = s_replyTo.MType },
            [0x92, 0x01, 0x01],
            frame);
        _server.OnFrame(frame.WrittenSpan);
        Envelope envelope = Read(_transport.Sent[0].Frame, out ResultBody<CommandResult> body);
        Assert.Equal((4UL, ResultStatus.Error, OutcomeCodes.MalformedRequest), (envelope.RequestId, body.Status, body.Code));
    }

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
    }

    private readonly TaskCompletionSource _waiting = new();

    private RequestServer MakeServer(RequestServerOptions options)
    {
        var server = new RequestServer(_transport, _codec, options, _time, NullLogger<RequestServer>.Instance);
        server.Handle<CommandRequest, CommandResult>((_, request) =>
        {
            _run.Add(request.Line);
            return request.Line switch
            {
                "throw" => throw new InvalidOperationException("a handler's fault"),
                "surrogate" => AnswerAsync("\ud800"),
                "wait" => new ValueTask<ResultBody<CommandResult>>(WaitAsync()),
                string line when line.StartsWith("large ", StringComparison.Ordinal) => AnswerAsync(new string('x', int.Parse(line[6..], System.Globalization.CultureInfo.InvariantCulture))),
                string line => AnswerAsync(line),
            };
        });
        return server;

        async Task<ResultBody<CommandResult>> WaitAsync()
        {
            await _waiting.Task;
            return ResultBody<CommandResult>.Ok(new CommandResult("wait", "waited", [], null));
        }

        static ValueTask<ResultBody<CommandResult>> AnswerAsync(string code) =>
            ValueTask.FromResult(ResultBody<CommandResult>.Ok(new CommandResult("find", code, [], null)));
    }

    private void Ask(string line, ulong requestId = 1, int userId = 1, long deadlineNs = 0, Mailbox? replyTo = null) => Send(
        new CommandRequest(line),
        new Envelope
        {
            Kind = MessageKind.Request,
            RequestId = requestId,
            Generation = 77,
            ReplyMailbox = (replyTo ?? s_replyTo).MType,
            UserId = userId,
            DeadlineNs = deadlineNs,
        });

    private void Send<T>(T message, Envelope envelope)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        _codec.Write(envelope, message, frame);
        _server.OnFrame(frame.WrittenSpan);
    }

    private Envelope Read(byte[] frame, out ResultBody<CommandResult> body)
    {
        Assert.Equal(FrameFault.None, _codec.TryRead(frame, _scratch, MessageKind.Result, out Envelope envelope, out ReadOnlySpan<byte> bytes));
        var reader = new MessagePackReader(bytes);
        body = ResultBody<CommandResult>.Read(ref reader);
        return envelope;
    }
}
