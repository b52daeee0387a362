using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.InMemory;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace ChatD.Tests.Support;

/// <summary>A channel for a chatD to talk to: it admits, lets everybody in, and runs lines as the test says.</summary>
internal sealed class ScriptedChannel : IChatPeersObserver, IAsyncDisposable
{
    private readonly InMemoryTransport _transport;
    private readonly ChatPeers _peers;
    private readonly RequestServer _server;
    private readonly FrameCodec _codec;
    private readonly ulong _generation;
    private readonly List<string> _seen = [];
    private readonly Dictionary<string, int> _userIds = [];
    private readonly Dictionary<int, LogInRequest> _present = [];
    private ulong _lastNumber;

    public ScriptedChannel(InMemoryBus bus, ulong generation, int channel = 1)
    {
        int instance = channel - 1;
        _generation = generation;
        _transport = bus.Attach(new DaemonClaim(DaemonRole.ChannelD, instance));
        FrameCodec codec = _codec = WireCodecs.For(WireFormat.MessagePack);
        _server = new RequestServer(
            _transport, codec, new RequestServerOptions(), TimeProvider.System, NullLogger<RequestServer>.Instance);
        _server.Handle<LogInRequest, LogInResult>(async (context, request) =>
        {
            Note(NoteUser(request.Name, context.UserId));
            ResultBody<LogInResult> result = LogInAsync is { } logIn
                ? await logIn(request)
                : LogIn?.Invoke(request) ?? ResultBody<LogInResult>.Ok(new LogInResult(request.Name, request.Channel, request.Map));
            if (result.Status == ResultStatus.Ok)
            {
                Place(context.UserId, request);
            }

            return result;
        });
        _server.Handle<LogOutRequest, LogOutResult>((context, request) =>
        {
            ResultBody<LogOutResult>? scripted = LogOut?.Invoke();
            bool wasThere = scripted is null && TakeOut(context.UserId);
            return AnswerAsync("out", scripted ?? ResultBody<LogOutResult>.Ok(new LogOutResult(wasThere)));
        });
        _server.Handle<CatalogueRequest, CatalogueResult>((_, _) =>
            ValueTask.FromResult(ResultBody<CatalogueResult>.Ok(new CatalogueResult(Texts))));
        _server.Handle<CommandRequest, CommandResult>(async (_, request) =>
        {
            Note("line " + request.Line + (request.LastWhisperFrom is { } from ? " after " + from : string.Empty));
            LastWhisperFrom = request.LastWhisperFrom;
            if (Answer(request.Line) is { } answer)
            {
                return await answer;
            }

            return ResultBody<CommandResult>.Ok(new CommandResult("say", "said", [], await RunAsync(request.Line)));
        });
        _peers = new ChatPeers(
            _transport, codec, channel, generation, 1, new PeerOptions { HeartbeatMs = 50, LeaseMs = 2000 }, TimeProvider.System, this, NullLogger<ChatPeers>.Instance);
        _transport.StartReading(new Mailbox(MailboxKind.Control, instance), _peers);
        _server.StartReading(new Mailbox(MailboxKind.Request, instance));
    }

    /// <summary>What its requests came as.</summary>
    public RequestServerStatistics Statistics => _server.Statistics;

    /// <summary>What becomes of a line; by default it is its own answer.</summary>
    public Func<string, Task<string>> RunAsync { get; set; } = Task.FromResult;

    /// <summary>The whole answer to a line; null leaves it to <see cref="RunAsync"/>.</summary>
    public Func<string, ValueTask<ResultBody<CommandResult>>?> Answer { get; set; } = _ => null;

    /// <summary>What becomes of a log-in that takes its time; null leaves it to <see cref="LogIn"/>.</summary>
    public Func<LogInRequest, Task<ResultBody<LogInResult>>>? LogInAsync { get; set; }

    /// <summary>What becomes of a log-in; null lets everybody in.</summary>
    public Func<LogInRequest, ResultBody<LogInResult>>? LogIn { get; set; }

    /// <summary>What becomes of a log-out; null is ok.</summary>
    public Func<ResultBody<LogOutResult>>? LogOut { get; set; }

    /// <summary>The texts of its commands.</summary>
    public IReadOnlyList<CatalogueText> Texts { get; set; } = [new("say", "said", "{0}: {1}", "{0} says {1}")];

    /// <summary>What the last line said of who whispered to its player last.</summary>
    public string? LastWhisperFrom { get; private set; }

    /// <summary>Says something to players by their names, or where there are none to everybody.</summary>
    public GameEvent Say(string text, params string[] names) => Push(new GameEvent(
        0, 0, Rooms.Map, "say", "said", ["가", text], "가", names.Length > 0 ? EventAudience.Sessions : EventAudience.Everybody, UserIds(names), 0));

    /// <summary>Pushes an event with the next number.</summary>
    public GameEvent Push(GameEvent message)
    {
        message = message with { Number = message.Number == 0 ? ++_lastNumber : message.Number, ChatGeneration = 0xC1 };
        Send(message);
        return message;
    }

    /// <summary>Tells chatD whom a player blocks.</summary>
    public void Block(string name, params string[] keys) => Send(new SessionUpdate(++_lastNumber, UserIds([name])[0], keys, 0xC1));

    /// <summary>Ends a player's session.</summary>
    public void End(string name) => Send(new SessionEnded(++_lastNumber, UserIds([name])[0], "name_taken", 0xC1));

    /// <summary>Loses some events on the way.</summary>
    public void Lose(ulong count) => _lastNumber += count;

    /// <summary>The sessions of players.</summary>
    public IReadOnlyList<int> UserIds(string[] names)
    {
        lock (_seen)
        {
            return [.. names.Select(name => _userIds[name])];
        }
    }

    public int CountOf(string seen)
    {
        lock (_seen)
        {
            return _seen.Count(entry => entry == seen);
        }
    }

    /// <summary>Whether a character is in the game.</summary>
    public bool Has(string name) => UserOf(name) != 0;

    /// <summary>The session of a character in the game; 0 for none.</summary>
    public int UserOf(string name)
    {
        lock (_seen)
        {
            return _present.FirstOrDefault(pair => pair.Value.Name == name).Key;
        }
    }

    /// <summary>The last log-in of a character in the game.</summary>
    public LogInRequest LogInOf(string name)
    {
        lock (_seen)
        {
            return _present.First(pair => pair.Value.Name == name).Value;
        }
    }

    /// <summary>Puts a character into the game as a log-in does whose answer does not arrive.</summary>
    public void Place(int userId, LogInRequest request)
    {
        lock (_seen)
        {
            _present[userId] = request;
        }
    }

    /// <summary>Pushes an event to chatD 0.</summary>
    public void Push<T>(T message)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        _codec.Write(new Envelope { Kind = MessageKind.Event, Generation = _generation }, message, frame);
        Assert.Equal(SendStatus.Sent, _transport.TrySend(new Mailbox(MailboxKind.Event, 0), frame.WrittenSpan));
    }

    /// <summary>Takes its leave.</summary>
    public void SayFarewell() => _peers.SayFarewell();

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

    private void Send<T>(in T message)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        _codec.Write(new Envelope { Kind = MessageKind.Event, Generation = _generation }, message, frame);
        while (_transport.TrySend(new Mailbox(MailboxKind.Event, 0), frame.WrittenSpan) != SendStatus.Sent)
        {
            Thread.Yield();
        }
    }

    private string NoteUser(string name, int userId)
    {
        lock (_seen)
        {
            _userIds[name] = userId;
        }

        return $"in {name}";
    }

    private bool TakeOut(int userId)
    {
        lock (_seen)
        {
            return _present.Remove(userId);
        }
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
