using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.InMemory;
using Shared.Protocol.Transport.SysV;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Ipc;

namespace Shared.Protocol.Tests.Requests;

/// <summary>
/// A request allocates the strings that are read of it and of its result, and nothing else, on neither side. Both are counted on the
/// threads that do the work, so that other tests do not count.
/// </summary>
public sealed class RequestAllocationTests
{
    private const int WarmUp = 5_000;
    private const int Counted = 20_000;

    // The least object takes 24 bytes. What is allocated once in a while (a pool trimmed by the collector) stays far below.
    private const double SlackBytes = 4;

    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_results = new(MailboxKind.Result, 0);
    private static readonly DaemonClaim s_chatD = new(DaemonRole.ChatD, 0);
    private static readonly DaemonClaim s_channelD = new(DaemonRole.ChannelD, 0);
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);
    private static readonly CommandRequest s_request = new("/찾기 타락파워전사");
    private static readonly ResultBody<CommandResult> s_result =
        ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", ["타락파워전사", "헤네시스"], Text: null));

    [Fact]
    public async Task SendAsync_InMemory_AllocatesWhatTheResultCarries()
    {
        var bus = new InMemoryBus();
        await using InMemoryTransport channel = bus.Attach(s_channelD);
        await using InMemoryTransport chat = bus.Attach(s_chatD);
        await CheckAsync(chat, channel);
    }

    [Fact]
    public async Task SendAsync_SysV_AllocatesWhatTheResultCarries()
    {
        using var keys = new UniqueIpcKeys();
        await using SysVTransport channel = Open(keys, s_channelD);
        await using SysVTransport chat = Open(keys, s_chatD);
        await CheckAsync(chat, channel);
    }

    private static SysVTransport Open(UniqueIpcKeys keys, DaemonClaim claim) => SysVTransport.Open(
        new SysVTransportOptions { RequestKey = keys.RequestKey, ResultKey = keys.ResultKey, Claim = claim },
        NullLogger<SysVTransport>.Instance);

    private static async Task CheckAsync(ITransport chat, ITransport channel)
    {
        var codec = new MessagePackCodec();
        var answering = new ThreadAllocations();
        using var server = new RequestServer(
            channel, codec, new RequestServerOptions(), TimeProvider.System, NullLogger<RequestServer>.Instance);
        using var client = new RequestClient(
            chat,
            codec,
            s_results,
            generation: 7,
            new RequestClientOptions { WindowBytes = chat.Limits.RequestCapacityBytes / 2, TimeoutMs = 30_000 },
            TimeProvider.System);
        server.Handle<CommandRequest, CommandResult>((_, _) =>
        {
            answering.Count();
            return ValueTask.FromResult(s_result);
        });
        server.StartReading(s_requests);
        chat.StartReading(s_results, client);

        ThreadAllocations asking = await AskAsync(client).WaitAsync(s_deadline);

        Assert.InRange(asking.BytesPerCall, 0, BytesOfReading(s_result) + SlackBytes);
        Assert.InRange(answering.BytesPerCall, 0, BytesOfReading(s_request) + SlackBytes);
    }

    private static async Task<ThreadAllocations> AskAsync(RequestClient client)
    {
        // All but the first of these turns run on the thread that reads the results.
        var asking = new ThreadAllocations();
        for (int i = 0; i <= WarmUp + Counted; i++)
        {
            Outcome<CommandResult> outcome = await client.SendAsync<CommandRequest, CommandResult>(s_requests, userId: 3, s_request);
            if (outcome.Kind != OutcomeKind.Ok)
            {
                Assert.Fail($"Request {i} ended {outcome.Kind} ({outcome.Code}).");
            }

            asking.Count();
        }

        return asking;
    }

    private static double BytesOfReading<T>(T message)
        where T : IWireMessage<T>
    {
        using var bytes = new PooledBuffer();
        var writer = new MessagePackWriter(bytes);
        message.Write(ref writer);
        writer.Flush();
        var reading = new ThreadAllocations();
        for (int i = 0; i <= WarmUp + Counted; i++)
        {
            var reader = new MessagePackReader(bytes.WrittenSpan);
            _ = T.Read(ref reader);
            reading.Count();
        }

        Assert.NotEqual(0, reading.BytesPerCall);
        return reading.BytesPerCall;
    }

    /// <summary>What the calling thread allocates from one call to the next, after a warm-up.</summary>
    private sealed class ThreadAllocations
    {
        private int _calls;
        private int _thread;
        private long _firstBytes;
        private long _lastBytes;

        public double BytesPerCall => _calls > WarmUp + Counted
            ? (double)(_lastBytes - _firstBytes) / Counted
            : throw new InvalidOperationException($"Only {_calls} calls were made.");

        public void Count()
        {
            int call = _calls++;
            if (call == WarmUp)
            {
                _thread = Environment.CurrentManagedThreadId;
                _firstBytes = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (call == WarmUp + Counted)
            {
                Assert.Equal(_thread, Environment.CurrentManagedThreadId);
                _lastBytes = GC.GetAllocatedBytesForCurrentThread();
            }
        }
    }
}
