using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.ResultPath;

/// <summary>Which way results take, and that none is lost when it changes.</summary>
public sealed class ResultPathTests : IDisposable
{
    private static readonly DaemonClaim s_chatD = new(DaemonRole.ChatD, 0);
    private static readonly DaemonClaim s_channelD = new(DaemonRole.ChannelD, 0);
    private static readonly Mailbox s_results = new(MailboxKind.Result, 0);
    private static readonly Mailbox s_events = new(MailboxKind.Event, 0);

    private readonly ResultPathHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task TrySend_ReaderListens_ResultsTakeTheSocketAndEventsTheQueue()
    {
        await using ITransport chat = _harness.Open(s_chatD);
        await using ITransport channel = _harness.Open(s_channelD);
        var results = new RecordingReceiver();
        var events = new RecordingReceiver();
        chat.StartReading(s_results, results);
        chat.StartReading(s_events, events);

        await SendAsync(channel, s_events, [2]);

        // The first ones may take the queue, until chatD has taken the connection.
        int sent = 0;
        await Eventually.TrueAsync(
            () => channel.TrySend(s_results, [1]) == SendStatus.Sent && ++sent > 0 && results.Count == sent && results.ReadingThread!.Name == "unix-read result#0",
            "results take the socket");
        await Eventually.TrueAsync(() => events.Count == 1, "the event arrived");
        Assert.Equal("sysv-read event#0", events.ReadingThread!.Name);
    }

    [Fact]
    public async Task TrySend_LargerThanTheQueueTakes_IsPossibleWhileTheSocketIsThere()
    {
        await using ITransport channel = _harness.Open(s_channelD);
        Assert.Equal(channel.Limits.MaxFrameBytes, channel.MaxFrameBytesTo(s_results));
        await using ITransport chat = _harness.Open(s_chatD);
        var results = new RecordingReceiver();
        chat.StartReading(s_results, results);
        await Eventually.TrueAsync(() => channel.TrySend(s_results, [1]) == SendStatus.Sent && channel.MaxFrameBytesTo(s_results) > 50_000, "the socket is found");

        byte[] large = new byte[50_000];
        new Random(1).NextBytes(large);
        Assert.Equal(SendStatus.Sent, channel.TrySend(s_results, large));
        await Eventually.TrueAsync(() => results.Frames.Any(frame => frame.Length == large.Length), "it arrived");
        Assert.Equal(large, results.Frames.Single(frame => frame.Length == large.Length));
    }

    [Fact]
    public async Task TrySend_OtherDaemonHasNoSockets_TakesTheQueue()
    {
        await using ITransport chat = _harness.OpenQueuesOnly(s_chatD);
        await using ITransport channel = _harness.Open(s_channelD);
        var results = new RecordingReceiver();
        chat.StartReading(s_results, results);

        await SendAsync(channel, s_results, [1]);

        await Eventually.TrueAsync(() => results.Count == 1, "it arrived");
        Assert.Equal("sysv-read result#0", results.ReadingThread!.Name);
    }

    [Fact]
    public async Task TrySend_SocketComesAndGoes_EveryResultArrivesOnce()
    {
        const int Count = 20_000;
        await using ITransport chat = _harness.Open(s_chatD);
        var results = new RecordingReceiver();
        chat.StartReading(s_results, results);
        string path = _harness.Sockets.PathOf(s_results);
        using var stop = new CancellationTokenSource();

        // Whoever connects now finds no socket; whoever sent before goes on over the one that he has.
        Task removing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.Delete(path);
                await Task.Delay(20);
            }
        });
        for (int first = 0; first < Count; first += Count / 20)
        {
            await using ITransport channel = _harness.Open(s_channelD);
            for (int number = first; number < first + (Count / 20); number++)
            {
                await SendAsync(channel, s_results, BitConverter.GetBytes(number));
            }

            int sent = first + (Count / 20);
            await Eventually.TrueAsync(() => results.Count == sent, "all arrived");
        }

        await stop.CancelAsync();
        await removing;
        Assert.Equal(Enumerable.Range(0, Count), results.Frames.Select(frame => BitConverter.ToInt32(frame)).Order());
    }

    private static async Task SendAsync(ITransport transport, Mailbox to, byte[] frame)
    {
        SendStatus status = SendStatus.Full;
        await Eventually.TrueAsync(() => (status = transport.TrySend(to, frame)) != SendStatus.Full, $"{to} has room");
        Assert.Equal(SendStatus.Sent, status);
    }
}
