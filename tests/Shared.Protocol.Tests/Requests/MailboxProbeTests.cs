using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Shared.Protocol.Wire;
using Testing.Support.Ipc;
using Testing.Support.Time;
using Testing.Support.Transports;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Requests;

public sealed class MailboxProbeTests : IAsyncDisposable
{
    private static readonly Mailbox s_mailbox = new(MailboxKind.Request, 0);
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_longer = TimeSpan.FromHours(1);

    private readonly ScriptedTransport _transport = new();
    private readonly ManualTime _time = new();
    private readonly MailboxProbe _probe;

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    public MailboxProbeTests() => _probe = new MailboxProbe(_transport, _time);

    [Fact]
    public async Task FindFault_FrameIsRead_FindsNone()
    {
        Task<string?> looking = LookAsync();
        Assert.False(looking.IsCompleted);
        Assert.Empty(Assert.Single(_transport.Sent).Frame);

        Assert.True(_probe.TryTake());

        Assert.Null(await looking);
    }

    [Fact]
    public async Task FindFault_SeveralAtOnce_ShareOneFrame()
    {
        Task<string?>[] looking = [LookAsync(), LookAsync(), LookAsync()];
        Assert.Single(_transport.Sent);

        Assert.True(_probe.TryTake());

        Assert.All(await Task.WhenAll(looking), Assert.Null);
    }

    [Fact]
    public async Task FindFault_NobodyReads_SaysSoAndTheNextLookSendsAnew()
    {
        Task<string?> looking = LookAsync();
        _time.Advance(s_limit);
        Assert.Contains("was not read within 500 ms", await looking, StringComparison.Ordinal);

        looking = LookAsync();
        Assert.Equal(2, _transport.Sent.Count);
        Assert.True(_probe.TryTake());
        Assert.Null(await looking);
    }

    [Fact]
    public async Task FindFault_FullForAMoment_WaitsForRoom()
    {
        _transport.NextStatus = SendStatus.Full;
        Task<string?> looking = LookAsync();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.False(looking.IsCompleted);

        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(_probe.TryTake());

        Assert.Null(await looking);
    }

    [Theory]
    [InlineData(SendStatus.Full, "is full")]
    [InlineData(SendStatus.Gone, "cannot be sent to: Gone")]
    [InlineData(SendStatus.Refused, "cannot be sent to: Refused")]
    public async Task FindFault_CannotBeSentTo_SaysWhy(SendStatus status, string expected)
    {
        _transport.NextStatus = status;
        Task<string?> looking = LookAsync();
        _time.Advance(s_limit);
        _time.Advance(s_limit);

        Assert.Contains(expected, await looking, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindFault_JoinsALookThatCannotSend_IsToldOfIt()
    {
        _transport.NextStatus = SendStatus.Full;
        Task<string?> first = LookAsync();
        Task<string?> joined = LookAsync(s_longer);

        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(20));
                return first.IsCompleted;
            },
            "the first look has ended");

        Assert.Contains("is full", await first, StringComparison.Ordinal);
        Assert.Contains("is full", await joined, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindFault_JoinsALookThatIsNotRead_IsToldOfIt()
    {
        Task<string?> first = LookAsync();
        Task<string?> joined = LookAsync(s_longer);
        _time.Advance(s_limit);

        Assert.Contains("was not read", await first, StringComparison.Ordinal);
        Assert.Contains("was not read", await joined, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SendStatus.Full, 1)]
    [InlineData(SendStatus.Sent, 2)]
    public async Task FindFault_JoinsALookThatIsCancelled_LooksItself(SendStatus status, int expectedFrames)
    {
        _transport.NextStatus = status;
        using var leaving = new CancellationTokenSource();
        Task<string?> first = _probe.FindFaultAsync(s_mailbox, s_limit, leaving.Token).AsTask();
        Task<string?> joined = LookAsync(s_longer);
        _transport.NextStatus = SendStatus.Sent;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.TrueAsync(() => _transport.Sent.Count == expectedFrames, "the one who joined sends a frame");
        Assert.False(joined.IsCompleted);
        Assert.True(_probe.TryTake());
        Assert.Null(await joined);
    }

    [Fact]
    public async Task FindFault_AfterACancelledLook_SendsAnew()
    {
        _transport.NextStatus = SendStatus.Full;
        using var leaving = new CancellationTokenSource();
        Task<string?> first = _probe.FindFaultAsync(s_mailbox, s_limit, leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _transport.NextStatus = SendStatus.Sent;
        Task<string?> looking = LookAsync();

        Assert.Single(_transport.Sent);
        Assert.True(_probe.TryTake());
        Assert.Null(await looking);
    }

    [Fact]
    public void TryTake_ThatNobodyAskedFor_IsRefused() => Assert.False(_probe.TryTake());

    [Fact]
    public async Task FindMailboxFault_OverTheKernelsQueue_ReaderTakesItAndCountsNothing()
    {
        using UniqueIpcKeys keys = new();
        var claim = new DaemonClaim(DaemonRole.ChatD, 0);
        await using var transport = SysVTransport.Open(
            new SysVTransportOptions { RequestKey = keys.RequestKey, ResultKey = keys.ResultKey, Claim = claim },
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SysVTransport>.Instance);
        using var client = new RequestClient(
            transport,
            WireCodecs.For(WireFormat.MessagePack),
            new Mailbox(MailboxKind.Result, 0),
            generation: 7,
            new RequestClientOptions { WindowBytes = 4096 },
            TimeProvider.System);
        Assert.Contains("was not read", await client.FindMailboxFaultAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None), StringComparison.Ordinal);

        transport.StartReading(new Mailbox(MailboxKind.Result, 0), client);

        Assert.Null(await client.FindMailboxFaultAsync(TimeSpan.FromSeconds(30), CancellationToken.None));
        Assert.Equal(0, client.Statistics.Malformed);
    }

    private Task<string?> LookAsync() => LookAsync(s_limit);

    private Task<string?> LookAsync(TimeSpan limit) => _probe.FindFaultAsync(s_mailbox, limit, CancellationToken.None).AsTask();
}
