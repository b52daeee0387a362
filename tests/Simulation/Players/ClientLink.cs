using System.Buffers;
using Faults.Checker.History;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;
using Simulation.Connections;
using Simulation.Daemons;

namespace Simulation.Players;

/// <summary>
/// A client that speaks the player protocol to chatD's own connections: its session outlives its connections, lines that did not arrive are
/// sent again, and each line ends once.
/// </summary>
internal sealed partial class ClientLink : PlayerLink, IConnectionOwner
{
    private const int MaxServerFrameBytes = 1 << 20;
    private const long GiveUpAfterNs = 3000 * SimScheduler.NsPerMs;

    private readonly SimRandom _random;
    private readonly ResumeToken _token;
    private readonly Queue<SentLine> _lines = new();
    private readonly ArrayBufferWriter<byte> _received = new();
    private SimConnection? _connection;
    private int _sessionId;
    private ulong _lastLineId;
    private ulong _lastAnsweredLineId;
    private long _troubleSinceNs = -1;
    private bool _hasSession;
    private bool _isLeaving;
    private bool _isOver;

    public ClientLink(ChatDaemon chat, SimPlayer player, SimRandom random)
        : base(chat, player)
    {
        _random = random;
        _token = DrawToken(random);
    }

    /// <inheritdoc/>
    public override int SessionId => _sessionId;

    /// <inheritdoc/>
    public override bool IsQuiet => IsIn && _lines.Count == 0;

    private int InstanceOfChat => Chat.Instance;

    /// <inheritdoc/>
    public override void LogIn()
    {
        Player.Link = this;
        Connect();
    }

    /// <inheritdoc/>
    public override void Ask(string command, bool hasSecret, string argument = "")
    {
        if (!IsIn || _isLeaving || _lines.Count >= 2 * World.Settings.Chat.MaxInFlightPerPlayer)
        {
            return;
        }

        long request = World.NextRequest();
        string text = LineOf(request, command, hasSecret, argument);
        var line = new SentLine(++_lastLineId, request, text, Chat.Generation, _sessionId);
        _lines.Enqueue(line);
        World.Record(new Asked(World.NowNs, request, Chat.Instance, Chat.Generation, _sessionId, text));
        Send(new ClientLine(line.LineId, text, _lastAnsweredLineId, _lastEventNumber));
    }

    /// <inheritdoc/>
    public override void Leave()
    {
        if (!IsIn || _isLeaving)
        {
            return;
        }

        _isLeaving = true;
        if (_random.Chance(60))
        {
            World.Note($"{Player} says good-bye");
            Send(default(ClientBye));
        }
        else
        {
            World.Note($"{Player} is gone");
            SimConnection? connection = _connection;
            End();
            connection?.Break(doesServerLearn: _random.Chance(70));
        }
    }

    /// <inheritdoc/>
    public override void Suffer()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        if (_random.Chance(25))
        {
            World.Note($"{Player} does not read for a while");
            connection.Stall(_random.Between(1, 500) * SimScheduler.NsPerMs);
        }
        else
        {
            bool doesServerLearn = _random.Chance(70);
            World.Note($"{Player} loses the connection{(doesServerLearn ? string.Empty : ", and chatD does not know")}");
            connection.Break(doesServerLearn);
        }
    }

    /// <inheritdoc/>
    public void OnEnd(SimConnection connection)
    {
        if (connection != _connection)
        {
            return;
        }

        _connection = null;
        IsIn = false;
        if (_isLeaving || !_hasSession)
        {
            End();
        }
        else
        {
            TryAgain();
        }
    }

    /// <inheritdoc/>
    public void OnBytes(SimConnection connection, ReadOnlyMemory<byte>? bytes)
    {
        if (connection != _connection)
        {
            return;
        }

        if (bytes is not { } some)
        {
            connection.Close();
            OnEnd(connection);
            return;
        }

        _received.Write(some.Span);
        var rest = new ReadOnlySequence<byte>(_received.WrittenMemory.ToArray());
        _received.Clear();
        while (connection == _connection
            && PlayerFraming.TryReadFrame(ref rest, MaxServerFrameBytes, out ReadOnlySequence<byte> payload, out PlayerFrameFault fault))
        {
            World.Expect(fault == PlayerFrameFault.None, $"{Player} was sent no frame: {fault}");
            OnMessage(payload.ToArray());
        }

        if (connection == _connection)
        {
            _received.Write(rest.ToArray());
        }
    }

    private static ResumeToken DrawToken(SimRandom random)
    {
        byte[] bits = new byte[ResumeToken.Bytes];
        random.Fill(bits);
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.Write(bits);
        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenSpan);
        return ResumeToken.Read(ref reader)!;
    }

    private void Connect()
    {
        if (_isOver)
        {
            return;
        }

        if (World.ChatOf(InstanceOfChat) is not { IsServing: true } chat)
        {
            // Nobody listens.
            TryAgain();
            return;
        }

        Chat = chat;
        _received.Clear();
        _connection = new SimConnection(chat, this, _random);
        _connection.Open();
        Send(new ClientLogIn(
            PlayerProtocol.Version, Player.Name.Display, Player.Channel, "헤네시스", Language.Korean, _token, _lastAnsweredLineId,
            LastEventNumber: _lastEventNumber));
    }

    private void TryAgain()
    {
        _troubleSinceNs = _troubleSinceNs < 0 ? World.NowNs : _troubleSinceNs;
        if (World.NowNs - _troubleSinceNs > GiveUpAfterNs || !_hasSession)
        {
            End();
        }
        else
        {
            World.Scheduler.After(_random.Between(0, _random.Pick([2, 50, 300]) * SimScheduler.NsPerMs), Connect);
        }
    }

    /// <summary>Nothing more is heard of this client.</summary>
    private void End()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        IsIn = false;
        _connection = null;
        GiveUpLines();
        Player.Forget(this);
    }

    private void GiveUpLines()
    {
        while (_lines.TryDequeue(out SentLine line))
        {
            Tell(line, EndKind.Cancelled, code: null, text: null);
        }
    }

    private void Tell(in SentLine line, EndKind kind, string? code, string? text)
    {
        World.Counts.Add(kind);
        World.Record(new Ended(World.NowNs, line.Request, line.ChatGeneration, line.SessionId, kind, code, text));
    }

    private void Send<T>(in T message)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        PlayerFraming.WriteFrame(frame, message);
        _connection?.Send(frame.WrittenSpan.ToArray());
    }
}
