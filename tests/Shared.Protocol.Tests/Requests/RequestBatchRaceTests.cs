using System.Collections.Concurrent;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Tests.Requests;

/// <summary>Threads that ask in bursts of a mailbox that is full now and then: each request leaves once, and is answered.</summary>
public sealed class RequestBatchRaceTests
{
    private const int Threads = 4;
    private const int BurstsPerThread = 3000;
    private const int BurstLines = 3;

    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_results = new(MailboxKind.Result, 0);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task EndBurst_FullNowAndThenAndOthersSend_EachLeavesOnce(int seed)
    {
        FrameCodec codec = WireCodecs.For(WireFormat.MessagePack);
        await using var transport = new FlickeringTransport(codec, seed);
        using var client = new RequestClient(
            transport, codec, s_results, 0xFEED, new RequestClientOptions { WindowBytes = 4000, TimeoutMs = 50_000 }, TimeProvider.System);
        transport.Client = client;
        client.SetBatching(s_requests, takesBatches: true);
        using var ending = new CancellationTokenSource();
        Task answering = Task.Factory.StartNew(() => transport.AnswerUntil(ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<OutcomeKind[]>[] asking = [.. Enumerable.Range(1, Threads).Select(user => Task.Run(() => AskAsync(client, user)))];
        OutcomeKind[][] outcomes = await Task.WhenAll(asking).WaitAsync(s_deadline);
        await ending.CancelAsync();
        await answering.WaitAsync(s_deadline);
        Assert.All(outcomes.SelectMany(static each => each), static kind => Assert.Equal(OutcomeKind.Ok, kind));
        Assert.Equal(Threads * BurstsPerThread * BurstLines, transport.SentIds.Count);
        Assert.Equal(0, transport.SentTwice);
        Assert.True(transport.FullCount > 0);
    }

    private static async Task<OutcomeKind[]> AskAsync(RequestClient client, int user)
    {
        var kinds = new List<OutcomeKind>();
        for (int burst = 0; burst < BurstsPerThread; burst++)
        {
            var asked = new List<Task<Outcome<CommandResult>>>();
            bool isOwn = client.TryBeginBurst();
            for (int line = 0; line < BurstLines; line++)
            {
                asked.Add(client.SendAsync<CommandRequest, CommandResult>(s_requests, user, new CommandRequest("/찾기")).AsTask());
            }

            if (isOwn)
            {
                client.EndBurst();
            }

            // Several bursts are under way at a time; and what follows is not asked on the thread that brings results.
            if (burst % 4 == 3)
            {
                kinds.AddRange((await Task.WhenAll(asked).ConfigureAwait(ConfigureAwaitOptions.ForceYielding)).Select(static outcome => outcome.Kind));
            }
            else
            {
                kinds.AddRange(await Task.WhenAll(asked.Select(static async task => (await task).Kind)).ConfigureAwait(ConfigureAwaitOptions.ForceYielding));
            }
        }

        return [.. kinds];
    }

    /// <summary>Full at random, and answers what it has taken.</summary>
    private sealed class FlickeringTransport(FrameCodec codec, int seed) : ITransport
    {
        private readonly BlockingCollection<byte[]> _taken = [];
        private readonly Random _random = new(seed);
        private readonly PooledBuffer _scratch = new();

        public RequestClient? Client { get; set; }

        public HashSet<ulong> SentIds { get; } = [];

        public int SentTwice { get; private set; }

        public int FullCount { get; private set; }

        public TransportLimits Limits { get; } = new(8192, 16_384, 16_384, IsShared: false);

        public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
        {
            lock (_random)
            {
                if (_random.Next(3) == 0)
                {
                    FullCount++;
                    return SendStatus.Full;
                }
            }

            _taken.Add(frame.ToArray());
            return SendStatus.Sent;
        }

        /// <summary>The thread that brings results.</summary>
        public void AnswerUntil(CancellationToken end)
        {
            try
            {
                while (true)
                {
                    byte[] frame = _taken.Take(end);
                    if (!BatchFormat.TryBegin(frame, out ReadOnlySpan<byte> frames, out _))
                    {
                        Answer(frame);
                        continue;
                    }

                    while (BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
                    {
                        Answer(one);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // All have their answers.
            }
        }

        public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
        {
        }

        public void ReplaceReader(Mailbox mailbox)
        {
        }

        public long GetIncarnation(DaemonClaim daemon) => 1;

        public int Discard(DaemonClaim reader, long incarnation) => 0;

        public MailboxDepth GetDepth(Mailbox mailbox) => default;

        public ValueTask DisposeAsync()
        {
            _taken.Dispose();
            _scratch.Dispose();
            return ValueTask.CompletedTask;
        }

        private void Answer(ReadOnlySpan<byte> request)
        {
            Assert.Equal(FrameFault.None, codec.TryRead(request, _scratch, MessageKind.Request, out Envelope envelope, out _));
            SentTwice += SentIds.Add(envelope.RequestId) ? 0 : 1;
            using var frame = new PooledBuffer();
            codec.Write(
                new Envelope { Kind = MessageKind.Result, RequestId = envelope.RequestId, Generation = envelope.Generation, UserId = envelope.UserId },
                ResultBody<CommandResult>.Ok(new CommandResult("find", "done", [], null)),
                frame);
            Client!.OnFrame(frame.WrittenSpan);
        }
    }
}
