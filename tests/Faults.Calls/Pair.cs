using System.Diagnostics;
using Faults.Checker;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Testing.Support.Ipc;
using Testing.Support.Waiting;

namespace Faults.Calls;

/// <summary>chatD's and channelD's way to each other, both in this process, over queues of their own and two kernels that fail on demand.</summary>
internal sealed class Pair : IChannelLinkObserver, IChatPeersObserver, IAsyncDisposable
{
    private const ulong ChatGeneration = 0xC0;
    private const ulong ChannelGeneration = 0xD0;
    private const int TimeoutMs = 500;

    internal static readonly DaemonClaim ChatD = new(DaemonRole.ChatD, 0);
    internal static readonly DaemonClaim ChannelD = new(DaemonRole.ChannelD, 0);
    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_results = new(MailboxKind.Result, 0);
    private static readonly Mailbox s_events = new(MailboxKind.Event, 0);
    private static readonly Mailbox s_control = new(MailboxKind.Control, 0);

    private readonly RequestClient _client;
    private readonly RequestServer _server;
    private readonly ChannelLink _link;
    private readonly ChatPeers _peers;
    private int _users;

    internal Pair(UniqueIpcKeys keys, bool singleQueue = false)
    {
        FrameCodec codec = WireCodecs.For(WireFormat.MessagePack);
        var peers = new PeerOptions { HeartbeatMs = 50, LeaseMs = 3000 };
        Channel = Open(keys, ChannelD, ChannelCalls, ChannelLog, singleQueue);
        Chat = Open(keys, ChatD, ChatCalls, ChatLog, singleQueue);

        _peers = new ChatPeers(Channel, codec, 1, ChannelGeneration, 1, peers, TimeProvider.System, this, NullLogger<ChatPeers>.Instance);
        _server = new RequestServer(Channel, codec, new RequestServerOptions(), TimeProvider.System, NullLogger<RequestServer>.Instance);
        _server.Handle<CommandRequest, CommandResult>(RunAsync);
        Channel.StartReading(s_control, _peers);
        Channel.StartReading(s_requests, _server);

        var options = new RequestClientOptions { TimeoutMs = TimeoutMs, WindowBytes = Chat.Limits.RequestCapacityBytes * 3 / 8 };
        _client = new RequestClient(Chat, codec, s_results, ChatGeneration, options, TimeProvider.System);
        _link = new ChannelLink(Chat, codec, 0, 0, ChatGeneration, 1, peers, TimeProvider.System, this, NullLogger<ChannelLink>.Instance);
        Chat.StartReading(s_results, _client);
        Chat.StartReading(s_events, new LinkReceiver(codec, _link));
        _link.Start();
    }

    internal SysVTransport Chat { get; }

    internal SysVTransport Channel { get; }

    internal FaultyCalls ChatCalls { get; } = new();

    internal FaultyCalls ChannelCalls { get; } = new();

    internal LogLines ChatLog { get; } = new();

    internal LogLines ChannelLog { get; } = new();

    internal History History { get; } = new(TimeoutMs, ChatGeneration, ChannelGeneration);

    internal long CallCount => ChatCalls.Total + ChannelCalls.Total;

    /// <summary>A player who asks one thing after the other until told to stop.</summary>
    internal async Task PlayAsync(CancellationToken stop)
    {
        int user = Interlocked.Increment(ref _users);
        while (!stop.IsCancellationRequested)
        {
            if (!await AskAsync(user))
            {
                // What is refused at once would otherwise be asked again at once.
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until both sides know of each other, and a request that was asked from now on ends Ok.</summary>
    internal async Task WorksAsync(string after)
    {
        long asked = History.Asked;
        try
        {
            await Eventually.TrueAsync(
                () => History.LastOk > asked && _link.IsUp && _peers.IsAdmitted(0, ChatGeneration), $"the pair works after {after}");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}\nchatD:\n{ChatLog}\nchannelD:\n{ChannelLog}", exception);
        }
    }

    /// <summary>The load has ended: waits until nothing waits any more, and nobody does anything but show that it lives.</summary>
    internal async Task RestAsync()
    {
        await Eventually.TrueAsync(() => _client.InFlightCount == 0 && _server.UnansweredCount == 0, "all requests have ended");
        await Eventually.TrueAsync(
            () => Chat.GetDepth(s_requests).Frames == 0 && Chat.GetDepth(s_results).Frames == 0, "the queues are empty");
        History.Rest("requests", _client.InFlightCount, 0);

        // A thread that spins makes a hundred thousand calls a second, and on a busy machine still thousands.
        // What shows that a daemon lives are some eighty.
        long before = CallCount;
        long began = Stopwatch.GetTimestamp();
        await Task.Delay(500);
        Assert.InRange(CallCount - before, 0, 1000 + (500 * Stopwatch.GetElapsedTime(began).TotalSeconds));
    }

    internal void AssertHistory()
    {
        CheckerReport report = History.Finish();
        Assert.True(report.ViolationCount == 0, string.Join('\n', report.Violations.Take(20)));
        Assert.True(report.Executed > 0);
        Assert.Empty(ChatLog.Of(1013));
        Assert.Empty(ChannelLog.Of(1013));
    }

    public async ValueTask DisposeAsync()
    {
        _link.SayFarewell();
        _client.Dispose();
        _link.Dispose();
        await Chat.DisposeAsync();
        _peers.Dispose();
        _server.Dispose();
        await Channel.DisposeAsync();
    }

    void IChannelLinkObserver.OnUp(ChannelArrival arrival)
    {
    }

    void IChannelLinkObserver.OnDown(bool isClean) => _client.EndAll(s_requests, OutcomeCodes.PeerLost, OutcomeCodes.PeerDown);

    void IChatPeersObserver.OnSessionsEnded(int chatInstance, ulong exceptGeneration)
    {
    }

    internal static SysVTransport Open(UniqueIpcKeys keys, DaemonClaim claim, SysVCalls calls, LogLines log, bool singleQueue = false, uint? group = null, int queueBytes = 0) =>
        SysVTransport.Open(
            new SysVTransportOptions
            {
                RequestKey = keys.RequestKey,
                ResultKey = singleQueue ? null : keys.ResultKey,
                SingleQueue = singleQueue,
                Claim = claim,
                Mode = group is null ? SysVTransportOptions.OwnerOnly : SysVTransportOptions.OwnerAndGroup,
                GroupId = group,
                DesiredQueueBytes = queueBytes,
            },
            log,
            calls);

    private async Task<bool> AskAsync(int user)
    {
        (long number, string line) = History.Ask(user);
        Outcome<CommandResult> outcome = await _client.SendAsync<CommandRequest, CommandResult>(s_requests, user, new CommandRequest(line));
        History.End(number, user, outcome.Kind, outcome.Code, outcome.Kind == OutcomeKind.Ok ? outcome.Result.Arguments[0] : null);
        return outcome.Kind == OutcomeKind.Ok;
    }

    private ValueTask<ResultBody<CommandResult>> RunAsync(RequestContext context, CommandRequest request)
    {
        History.Execute(context, request.Line);
        return ValueTask.FromResult(ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", [request.Line], null)));
    }
}
