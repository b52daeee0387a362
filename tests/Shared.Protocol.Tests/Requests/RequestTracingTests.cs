using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Testing.Support.Time;
using Testing.Support.Tracing;
using Testing.Support.Transports;

namespace Shared.Protocol.Tests.Requests;

/// <summary>The spans of both sides of a request: whose children they are, how they end, and that they leave nothing behind on the threads.</summary>
public sealed class RequestTracingTests : IDisposable
{
    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);

    private readonly ActivitySource _source = new($"test {Guid.NewGuid()}");
    private readonly SpanRecorder _recorder;
    private readonly RequestClientFixture _fixture = new();

    public RequestTracingTests() => _recorder = new SpanRecorder(_source.Name, RequestTracing.SourceName);

    public void Dispose()
    {
        _fixture.Dispose();
        _recorder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Send_WithAParent_CarriesItsOwnSpanAndEndsWithTheResult()
    {
        Activity line = Begin();
        Task<Outcome<CommandResult>> asked = SendAsync(line, userId: 7);
        Envelope envelope = _fixture.SentEnvelope(0);
        _fixture.Answer(envelope, code: "same_map");
        await asked;

        Activity request = Assert.Single(_recorder.Of(line.TraceId));
        Assert.Equal(("request command", ActivityKind.Client, line.SpanId), (request.OperationName, request.Kind, request.ParentSpanId));
        Assert.Equal(Spans.ContextOf(request), envelope.Trace);
        Assert.Equal(ActivityStatusCode.Unset, request.Status);
        Assert.Equal(
            ("gameservers", "send", "request/0", 7, "ok", "find", "same_map"),
            (request.GetTagItem(SpanTags.MessagingSystem), request.GetTagItem(SpanTags.OperationType), request.GetTagItem(SpanTags.Destination),
                request.GetTagItem(SpanTags.Session), request.GetTagItem(SpanTags.Outcome), request.GetTagItem(SpanTags.Command), request.GetTagItem(SpanTags.Code)));
        Assert.Equal(envelope.RequestId, request.GetTagItem(SpanTags.MessageId));
    }

    [Fact]
    public async Task Send_WithoutAParent_IsTheSameBytesAsEverWhateverIsCurrent()
    {
        Task<Outcome<CommandResult>> plain = _fixture.SendAsync("/찾기 나");
        Activity line = Begin();
        Activity.Current = line;
        Task<Outcome<CommandResult>> beside = _fixture.SendAsync("/찾기 나");
        Activity.Current = null;
        Assert.Null(_fixture.SentEnvelope(1).Trace);
        Assert.Equal(_fixture.Transport.Sent[0].Frame.Length, _fixture.Transport.Sent[1].Frame.Length);
        _fixture.Answer(_fixture.SentEnvelope(0));
        _fixture.Answer(_fixture.SentEnvelope(1));
        await plain;
        await beside;
        Assert.Empty(_recorder.Of(line.TraceId));
    }

    [Fact]
    public async Task Send_EndsWithoutAResult_TheSpanSaysHow()
    {
        Activity line = Begin();
        using var giving = new CancellationTokenSource();
        Task<Outcome<CommandResult>> cancelled = _fixture.Client.SendAsync<CommandRequest, CommandResult>(
            s_requests, userId: 1, new CommandRequest("/a"), line, waited: default, giving.Token).AsTask();
        await giving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Task<Outcome<CommandResult>> late = SendAsync(line, userId: 2);
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await late;
        _fixture.Client.Dispose();
        await SendAsync(line, userId: 3);

        Assert.Equal(
            [("cancelled", null, ActivityStatusCode.Unset), ("unknown", "deadline", ActivityStatusCode.Error), ("busy", "stopping", ActivityStatusCode.Error)],
            _recorder.Of(line.TraceId).Select(span => (span.GetTagItem(SpanTags.Outcome), span.GetTagItem(SpanTags.ErrorType), span.Status)));
    }

    [Fact]
    public async Task Answers_OfTwoInTheOtherOrder_EachGoesOnWithItsOwnSpan()
    {
        Activity one = Begin();
        Activity two = Begin();
        Task<ActivityTraceId?> ofOne = AskAsync(one, userId: 1);
        Task<ActivityTraceId?> ofTwo = AskAsync(two, userId: 2);
        Task<ActivityTraceId?> ofNone = AskAsync(null, userId: 3);
        Assert.Null(Activity.Current);

        // The thread that brings the answers has something else on its mind.
        using Activity reading = new Activity("reading").Start();
        _fixture.Answer(_fixture.SentEnvelope(2));
        _fixture.Answer(_fixture.SentEnvelope(1));
        _fixture.Answer(_fixture.SentEnvelope(0));
        Assert.Same(reading, Activity.Current);
        Assert.Equal([one.TraceId, two.TraceId, null], await Task.WhenAll(ofOne, ofTwo, ofNone));
        Assert.Equal(one.SpanId, Assert.Single(_recorder.Of(one.TraceId)).ParentSpanId);
        Assert.Equal(two.SpanId, Assert.Single(_recorder.Of(two.TraceId)).ParentSpanId);
    }

    [Fact]
    public void Handle_OfTracedAndUntracedInTurn_EachSeesItsOwn()
    {
        Activity line = Begin();
        List<Activity?> seen = [];
        using Pair pair = new((_, _) =>
        {
            seen.Add(Activity.Current);
            return ValueTask.FromResult(ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", [], null)));
        });
        pair.Ask(Spans.ContextOf(line));
        pair.Ask(null);
        pair.Ask(Spans.ContextOf(line) is { } context ? context with { Flags = 0 } : null);
        pair.Ask(Spans.ContextOf(line));

        Activity[] handled = [.. _recorder.Of(line.TraceId)];
        Assert.Equal([handled[0], null, null, handled[1]], seen);
        Assert.All(handled, span => Assert.Equal(
            ("handle command", ActivityKind.Server, line.SpanId, true, "ok", "find"),
            (span.OperationName, span.Kind, span.ParentSpanId, span.HasRemoteParent, span.GetTagItem(SpanTags.Outcome), span.GetTagItem(SpanTags.Command))));
        Assert.Null(Activity.Current);
        Assert.All(pair.Results(), result => Assert.Null(result.Trace));
    }

    [Fact]
    public async Task Handle_ThatWaits_EndsWhenItIsThroughAndGoesOnWithItsOwn()
    {
        Activity line = Begin();
        var go = new TaskCompletionSource();
        var sawAfterwards = new TaskCompletionSource<Activity?>();
        using Pair pair = new(async (_, _) =>
        {
            await go.Task;
            sawAfterwards.SetResult(Activity.Current);
            return ResultBody<CommandResult>.Error("not_found");
        });
        pair.Ask(Spans.ContextOf(line));
        Assert.Empty(_recorder.Of(line.TraceId));
        Assert.Null(Activity.Current);
        go.SetResult();
        Activity? after = await sawAfterwards.Task;
        Activity handled = Assert.Single(_recorder.Of(line.TraceId));
        Assert.Same(handled, after);

        // A refusal of what was asked is no fault.
        Assert.Equal(("error", "not_found", ActivityStatusCode.Unset), (handled.GetTagItem(SpanTags.Outcome), handled.GetTagItem(SpanTags.Code), handled.Status));
    }

    [Fact]
    public void Handle_ThatThrows_IsAFault()
    {
        Activity line = Begin();
        using Pair pair = new((_, _) => throw new InvalidOperationException("x"));
        pair.Ask(Spans.ContextOf(line));
        Activity handled = Assert.Single(_recorder.Of(line.TraceId));
        Assert.Equal((OutcomeCodes.Internal, ActivityStatusCode.Error), (handled.GetTagItem(SpanTags.ErrorType), handled.Status));
        Assert.Null(Activity.Current);
    }

    private Activity Begin() => Spans.Begin(_source, "line", ActivityKind.Server, parent: default) ?? throw new InvalidOperationException("Nobody listens.");

    private Task<Outcome<CommandResult>> SendAsync(Activity? parent, int userId) => _fixture.Client.SendAsync<CommandRequest, CommandResult>(
        s_requests, userId, new CommandRequest("/찾기 나"), parent, waited: default, CancellationToken.None).AsTask();

    /// <summary>Asks as chatD does for a line; what is current behind the answer.</summary>
    private async Task<ActivityTraceId?> AskAsync(Activity? line, int userId)
    {
        Activity.Current = line;
        _ = await _fixture.Client.SendAsync<CommandRequest, CommandResult>(s_requests, userId, new CommandRequest("/찾기 나"), line, waited: default, CancellationToken.None);
        return Activity.Current?.TraceId;
    }

    /// <summary>A server, and requests for it.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly ScriptedTransport _transport = new();
        private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);
        private readonly PooledBuffer _scratch = new();
        private readonly RequestServer _server;
        private ulong _lastId;

        public Pair(RequestHandler<CommandRequest, CommandResult> handler)
        {
            _server = new RequestServer(_transport, _codec, new RequestServerOptions(), new ManualTime(), NullLogger<RequestServer>.Instance);
            _server.Handle(handler);
        }

        public void Ask(TraceContext? trace)
        {
            using var frame = new PooledBuffer();
            _codec.Write(
                new Envelope { Kind = MessageKind.Request, RequestId = ++_lastId, Generation = 77, ReplyMailbox = 2, UserId = 5, Trace = trace },
                new CommandRequest("/찾기 나"),
                frame);
            _server.OnFrame(frame.WrittenSpan);
        }

        public IReadOnlyList<Envelope> Results() => [.. _transport.Sent.Select(sent =>
        {
            Assert.Equal(FrameFault.None, _codec.TryRead(sent.Frame, _scratch, MessageKind.Result, out Envelope envelope, out _));
            return envelope;
        })];

        public void Dispose()
        {
            _server.Dispose();
            _scratch.Dispose();
        }
    }
}
