using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Time;
using Testing.Support.Transports;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Requests;

/// <summary>Many requests in one frame, from the answerer's side.</summary>
public sealed class RequestServerBatchTests : IDisposable
{
    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_asker = new(MailboxKind.Result, 3);
    private static readonly Mailbox s_other = new(MailboxKind.Result, 4);

    private readonly ScriptedTransport _transport = new();
    private readonly ManualTime _time = new();
    private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);
    private readonly PooledBuffer _scratch = new();
    private readonly RequestServer _server;
    private readonly ManualResetEventSlim _release = new();
    private readonly ManualResetEventSlim _entered = new();
    private readonly TaskCompletionSource<string> _later = new();

    public RequestServerBatchTests()
    {
        _server = new RequestServer(
            _transport, _codec, new RequestServerOptions { HandlerTimeoutMs = 1000 }, _time, NullLogger<RequestServer>.Instance);
        _server.Handle<CommandRequest, CommandResult>((_, request) => request.Line switch
        {
            "stick" => StickAsync(),
            "wait" => new ValueTask<ResultBody<CommandResult>>(WaitAsync()),
            "slow" => SlowAsync(),
            "throw" => throw new InvalidOperationException("thrown"),
            string line => ValueTask.FromResult(Ok(line)),
        });
        _server.StartReading(s_requests);
    }

    public void Dispose()
    {
        _release.Set();
        _server.Dispose();
        _scratch.Dispose();
        _release.Dispose();
        _entered.Dispose();
    }

    [Fact]
    public void OnFrame_Batch_IsAnsweredInOneFrameInItsOrder()
    {
        Hand(s_asker, "하나", "throw", "셋");
        (Mailbox to, byte[] frame) = _transport.Sent.Single();
        Assert.Equal(s_asker, to);
        Assert.Equal([(1UL, "하나"), (2UL, "internal"), (3UL, "셋")], AnswersIn(frame));
        Assert.Equal((3, 3), (_server.Statistics.Received, _server.Statistics.Answered));
    }

    [Fact]
    public void OnFrame_RequestAlone_IsAnsweredByAFrameOfItsOwn()
    {
        _server.OnFrame(Request(s_asker, 1, "하나"));
        Assert.False(BatchFormat.IsBatch(_transport.Sent.Single().Frame));
    }

    [Fact]
    public void OnFrame_HandlerThatWaits_HoldsUpNoneAndIsAnsweredLater()
    {
        Hand(s_asker, "하나", "wait", "셋");
        Assert.Equal([(1UL, "하나"), (3UL, "셋")], AnswersIn(_transport.Sent.Single().Frame));
        _later.SetResult("둘");
        Assert.Equal([(2UL, "둘")], AnswersIn(_transport.Sent[1].Frame));
    }

    [Fact]
    public void OnFrame_ABatchEndsAnothersWait_ThatAnswerGoesByItself()
    {
        _server.OnFrame(Request(s_other, 9, "wait"));
        Hand(s_asker, "하나", "slow", "셋");
        Assert.Contains(_transport.Sent, sent => sent.To == s_other && !BatchFormat.IsBatch(sent.Frame));
        Assert.Equal([(1UL, "하나"), (2UL, "slow"), (3UL, "셋")], _transport.Sent.Where(static sent => sent.To == s_asker).SelectMany(sent => AnswersIn(sent.Frame)));
    }

    [Fact]
    public void OnFrame_HandlerTakesItsTime_WhatWasAnsweredBeforeIsNotHeldForIt()
    {
        Hand(s_asker, "하나", "slow", "셋");
        Assert.Equal(2, _transport.Sent.Count);
        Assert.Equal([(1UL, "하나"), (2UL, "slow")], AnswersIn(_transport.Sent[0].Frame));
    }

    [Fact]
    public async Task Handler_DoesNotReturn_TheOnesBeforeAreAnsweredAndThoseBehindAreRefusedAtOnce()
    {
        Task reading = Task.Factory.StartNew(
            () => Hand(s_asker, "하나", "stick", "셋", "넷"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(_entered.Wait(Eventually.DefaultDeadline));
        _time.Advance(TimeSpan.FromSeconds(1.25));
        Assert.Equal(
            [(1UL, "하나"), (2UL, OutcomeCodes.HandlerTimeout), (3UL, OutcomeCodes.Overloaded), (4UL, OutcomeCodes.Overloaded)],
            _transport.Sent.SelectMany(sent => AnswersIn(sent.Frame)));

        _server.OnFrame(Request(s_asker, 5, "다섯"));
        _release.Set();
        await reading.WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(
            [(1UL, "하나"), (2UL, OutcomeCodes.HandlerTimeout), (3UL, OutcomeCodes.Overloaded), (4UL, OutcomeCodes.Overloaded), (5UL, "다섯")],
            _transport.Sent.SelectMany(sent => AnswersIn(sent.Frame)));
    }

    [Fact]
    public void OnFrame_MessageThatThrowsWhenItIsRead_CostsNobodyElseHisAnswer()
    {
        _server.Handle<ThrowingRequest, CommandResult>(static (_, _) => ValueTask.FromResult(Ok("never")));
        var writer = new BatchWriter();
        writer.Add(Request(s_asker, 1, "하나"));
        writer.Add(Request(s_asker, 2, default(ThrowingRequest)));
        writer.Add(Request(s_asker, 3, "셋"));

        // The transport is told, and counts it.
        Assert.Throws<FormatException>(() => _server.OnFrame(writer.Finished));
        Assert.Equal([(1UL, "하나"), (3UL, "셋")], AnswersIn(_transport.Sent.Single().Frame));
    }

    [Fact]
    public void OnFrame_AnswersTooLargeTogetherByNow_GoOneByOne()
    {
        _transport.OnSending = _ => _transport.Limits = new TransportLimits(60, 16384, 16384, IsShared: false);
        Hand(s_asker, "하나", "둘", "셋");
        Assert.Equal(3, _transport.Sent.Count);
        Assert.Equal([(1UL, "하나"), (2UL, "둘"), (3UL, "셋")], _transport.Sent.SelectMany(sent => AnswersIn(sent.Frame)));
        Assert.Equal((3, 0), (_server.Statistics.Answered, _server.Statistics.Dropped));
    }

    [Fact]
    public void OnFrame_ManyAnswers_NoFrameTakesMoreThanAQuarterOfTheQueue()
    {
        Hand(s_asker, [.. Enumerable.Range(0, 300).Select(static i => $"{i}")]);
        Assert.All(_transport.Sent, sent => Assert.InRange(sent.Frame.Length, 1, (int)_transport.Limits.ResultCapacityBytes / 4));
    }

    [Fact]
    public void OnFrame_NoRoomForTheAnswers_KeepsThemAndSendsThemLater()
    {
        _transport.Full.Add(s_asker);
        Hand(s_asker, "하나", "둘");
        Assert.Empty(_transport.Sent);
        Assert.Equal(1, _server.UnansweredCount);
        _transport.Full.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal([(1UL, "하나"), (2UL, "둘")], AnswersIn(_transport.Sent.Single().Frame));
        Assert.Equal(2, _server.Statistics.Answered);
    }

    [Fact]
    public void OnFrame_AnswersThatFillAFrame_TakeSeveral()
    {
        Hand(s_asker, [.. Enumerable.Range(0, 300).Select(static i => $"{i}{new string('가', 20)}")]);
        Assert.InRange(_transport.Sent.Count, 2, 20);
        Assert.All(_transport.Sent, sent => Assert.InRange(sent.Frame.Length, 1, _transport.Limits.MaxFrameBytes));
        Assert.Equal(Enumerable.Range(1, 300).Select(static id => (ulong)id), _transport.Sent.SelectMany(sent => AnswersIn(sent.Frame)).Select(static answer => answer.Id));
    }

    [Fact]
    public void OnFrame_BatchOfRubbish_IsCountedAndTheRestIsAnswered()
    {
        var writer = new BatchWriter();
        writer.Add([0x01, 0x02]);
        writer.Add(Request(s_asker, 2, "둘"));
        _server.OnFrame(writer.Finished);
        Assert.Equal([(2UL, "둘")], AnswersIn(_transport.Sent.Single().Frame));
        Assert.Equal(1, _server.Statistics.Malformed);
    }

    private static ResultBody<CommandResult> Ok(string code) => ResultBody<CommandResult>.Ok(new CommandResult("echo", code, [], null));

    private ValueTask<ResultBody<CommandResult>> StickAsync()
    {
        _entered.Set();
        Assert.True(_release.Wait(Eventually.DefaultDeadline));
        return ValueTask.FromResult(Ok("stick"));
    }

    // Takes its time, and ends the wait of another.
    private ValueTask<ResultBody<CommandResult>> SlowAsync()
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _later.TrySetResult("그만");
        return ValueTask.FromResult(Ok("slow"));
    }

    private async Task<ResultBody<CommandResult>> WaitAsync() => Ok(await _later.Task);

    private void Hand(Mailbox asker, params string[] lines)
    {
        var writer = new BatchWriter();
        for (int i = 0; i < lines.Length; i++)
        {
            writer.Add(Request(asker, (ulong)i + 1, lines[i]));
        }

        _server.OnFrame(writer.Finished);
    }

    private byte[] Request(Mailbox asker, ulong requestId, string line) => Request(asker, requestId, new CommandRequest(line));

    private byte[] Request<T>(Mailbox asker, ulong requestId, T message)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        _codec.Write(
            new Envelope { Kind = MessageKind.Request, RequestId = requestId, Generation = 1, ReplyMailbox = asker.MType, UserId = 7 }, message, frame);
        return frame.WrittenSpan.ToArray();
    }

    private List<(ulong Id, string Code)> AnswersIn(byte[] frame)
    {
        var answers = new List<(ulong, string)>();
        if (!BatchFormat.TryBegin(frame, out ReadOnlySpan<byte> frames, out _))
        {
            return [AnswerIn(frame)];
        }

        while (BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
        {
            answers.Add(AnswerIn(one));
        }

        return answers;
    }

    private (ulong Id, string Code) AnswerIn(ReadOnlySpan<byte> frame)
    {
        Assert.Equal(FrameFault.None, _codec.TryRead(frame, _scratch, MessageKind.Result, out Envelope envelope, out ReadOnlySpan<byte> body));
        var reader = new MessagePackReader(body);
        ResultBody<CommandResult> result = ResultBody<CommandResult>.Read(ref reader);
        return (envelope.RequestId, result.Code ?? result.Message.Code);
    }

    private readonly record struct ThrowingRequest : IWireMessage<ThrowingRequest>
    {
        public static int TypeNumber => 1000;

        public static ThrowingRequest Read(ref MessagePackReader reader) => throw new FormatException("a message's own check");

        public void Write(ref MessagePackWriter writer)
        {
            writer.WriteArrayHeader(1);
            writer.Write(TypeNumber);
        }
    }
}
