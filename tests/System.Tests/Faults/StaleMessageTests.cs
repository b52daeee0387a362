using System.Tests.Support;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Testing.Support.Ipc;

namespace System.Tests.Faults;

/// <summary>What a run before has left in the queues is dropped and counted, and nobody sees it.</summary>
public sealed class StaleMessageTests
{
    private const ulong EarlierGeneration = 0xDEAD_BEEF_0000_0001;

    private static readonly long s_requests = new Mailbox(MailboxKind.Request, 0).MType;
    private static readonly long s_results = new Mailbox(MailboxKind.Result, 0).MType;

    [Fact]
    public async Task Start_QueuesHoldMessagesOfAnotherGeneration_AreDroppedAndCounted()
    {
        const int Stale = 20;
        using var pair = new ServerPair();
        RawQueue requests = RawQueue.OpenOrCreate(pair.Keys.RequestKey);
        RawQueue results = RawQueue.OpenOrCreate(pair.Keys.ResultKey);
        for (int number = 1; number <= Stale; number++)
        {
            // Every small id and user that a new chatD may begin with.
            results.Send(s_results, Result((ulong)number, userId: 1));
            requests.Send(s_requests, Request((ulong)number, deadlineNs: 0));
        }

        requests.Send(s_requests, Request(100, deadlineNs: 1));
        await pair.StartBothAsync();
        await using TestPlayer player = await pair.LogInAsync("새로온이");
        for (int line = 0; line < 2 * Stale; line++)
        {
            ServerResult result = await player.AskAsync($"/찾기 사람{line}");
            Assert.Equal((OutcomeKind.Ok, $"사람{line}님을 찾을 수 없습니다."), (result.Outcome, result.Text));
        }

        // A result of the right request at the wrong time: forged into the running pair.
        results.Send(s_results, Result(1, userId: 1));
        Assert.Equal("same_map", (await player.AskAsync("/찾기 새로온이")).Code);
        Assert.Empty(player.Breaches);
        await player.DisposeAsync();
        await pair.StopCleanlyAsync();

        // The requests of the earlier run were refused to it, and those answers are stale for this one too.
        Assert.Contains($"{(2 * Stale) + 1} stale, 0 misaddressed, 0 malformed", pair.Chat.Output, StringComparison.Ordinal);
        Assert.Contains("1 expired", pair.Channel.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queues_HoldRubbish_IsDroppedAndCounted()
    {
        using ServerPair pair = await ServerPair.StartAsync();
        await using TestPlayer player = await pair.LogInAsync("꿋꿋한이");
        var requests = new RawQueue(pair.Keys.RequestQueueId!.Value);
        var results = new RawQueue(pair.Keys.ResultQueueId!.Value);
        byte[][] rubbish = [[0xC1], [0x9A, 2], [0xDD, 0xFF, 0xFF, 0xFF, 0xFF], [], new byte[8192], "hello\0"u8.ToArray()];
        foreach (byte[] frame in rubbish)
        {
            requests.Send(s_requests, frame);
            Assert.Equal("same_map", (await player.AskAsync("/찾기 꿋꿋한이")).Code);
            results.Send(s_results, frame);
            Assert.Equal("same_map", (await player.AskAsync("/찾기 꿋꿋한이")).Code);
        }

        await player.DisposeAsync();
        await pair.StopCleanlyAsync();
        Assert.Contains($"{rubbish.Length} malformed", pair.Channel.Output, StringComparison.Ordinal);
        Assert.Contains($"{rubbish.Length} malformed", pair.Chat.Output, StringComparison.Ordinal);
    }

    private static byte[] Request(ulong id, long deadlineNs) => Frame(
        new Envelope
        {
            Kind = MessageKind.Request,
            RequestId = id,
            Generation = EarlierGeneration,
            ReplyMailbox = s_results,
            UserId = 1,
            DeadlineNs = deadlineNs,
        },
        new CommandRequest("/찾기 옛날사람"));

    private static byte[] Result(ulong id, int userId) => Frame(
        new Envelope { Kind = MessageKind.Result, RequestId = id, Generation = EarlierGeneration, UserId = userId },
        ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", ["옛날사람", "옛날"], null)));

    private static byte[] Frame<T>(in Envelope envelope, in T body)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        new MessagePackCodec().Write(envelope, body, frame);
        return frame.WrittenSpan.ToArray();
    }
}
