using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.InMemory;
using Shared.Protocol.Wire;

namespace ChatD.Tests.Support;

/// <summary>A channel for a chatD to talk to: it admits, lets everybody in, and runs lines as the test says.</summary>
internal sealed class ScriptedChannel : IChatPeersObserver, IAsyncDisposable
{
    private readonly InMemoryTransport _transport;
    private readonly ChatPeers _peers;
    private readonly RequestServer _server;
    private readonly List<string> _seen = [];

    public ScriptedChannel(InMemoryBus bus, ulong generation)
    {
        _transport = bus.Attach(new DaemonClaim(DaemonRole.ChannelD, 0));
        var codec = WireCodecs.For(WireFormat.MessagePack);
        _server = new RequestServer(
            _transport, codec, new RequestServerOptions(), TimeProvider.System, NullLogger<RequestServer>.Instance);
        _server.Handle<LogInRequest, LogInResult>((context, request) => AnswerAsync(
            $"in {request.Name}", LogIn?.Invoke(request) ?? ResultBody<LogInResult>.Ok(new LogInResult(request.Name, request.Channel, request.Map))));
        _server.Handle<LogOutRequest, LogOutResult>((context, request) => AnswerAsync(
            "out", LogOut?.Invoke() ?? ResultBody<LogOutResult>.Ok(new LogOutResult(true))));
        _server.Handle<CatalogueRequest, CatalogueResult>((_, _) =>
            ValueTask.FromResult(ResultBody<CatalogueResult>.Ok(new CatalogueResult([]))));
        _server.Handle<CommandRequest, CommandResult>(async (_, request) =>
        {
            Note("line " + request.Line);
            return ResultBody<CommandResult>.Ok(new CommandResult("say", "said", [], await RunAsync(request.Line)));
        });
        _peers = new ChatPeers(
            _transport, codec, channelId: 1, generation, 1, new PeerOptions { HeartbeatMs = 50, LeaseMs = 2000 }, TimeProvider.System, this, NullLogger<ChatPeers>.Instance);
        _transport.StartReading(new Mailbox(MailboxKind.Control, 0), _peers);
        _server.StartReading(new Mailbox(MailboxKind.Request, 0));
    }

    /// <summary>What becomes of a line; by default it is its own answer.</summary>
    public Func<string, Task<string>> RunAsync { get; set; } = Task.FromResult;

    /// <summary>What becomes of a log-in; null lets everybody in.</summary>
    public Func<LogInRequest, ResultBody<LogInResult>>? LogIn { get; set; }

    /// <summary>What becomes of a log-out; null is ok.</summary>
    public Func<ResultBody<LogOutResult>>? LogOut { get; set; }

    public int CountOf(string seen)
    {
        lock (_seen)
        {
            return _seen.Count(entry => entry == seen);
        }
    }

    void IChatPeersObserver.OnSessionsEnded(int chatInstance, ulong exceptGeneration)
    {
    }

    /// <summary>Goes without a word, as a process that is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        _peers.Dispose();

        // Before the transport: its timer may be about to send what found no room.
        _server.Dispose();
        await _transport.DisposeAsync();
    }

    private void Note(string what)
    {
        lock (_seen)
        {
            _seen.Add(what);
        }
    }

    private ValueTask<ResultBody<T>> AnswerAsync<T>(string what, ResultBody<T> body)
        where T : IWireMessage<T>
    {
        Note(what);
        return ValueTask.FromResult(body);
    }
}
