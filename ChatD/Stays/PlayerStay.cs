using ChatD.Configuration;
using ChatD.Connections;
using ChatD.Diagnostics;
using ChatD.Events;
using ChatD.Gateway;
using ChatD.Sessions;
using ChatD.Texts;
using Shared.Protocol.Administration;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Names;

namespace ChatD.Stays;

/// <summary>
/// A player's stay in the game, from log-in to log-out, over as many connections as it takes: owns his session and the lines that are under
/// way. While it has no connection the lines go on, and their results are kept. Safe on every thread.
/// </summary>
/// <remarks>
/// Locks are taken in this order: its own, then that of its <see cref="LineQueue"/>, of its <see cref="SessionEvents"/> or of the
/// <see cref="ConnectionWatch"/>; none is held while anything is written.
/// </remarks>
internal sealed partial class PlayerStay : IWatched, IAsyncDisposable
{
    private readonly PlayerServices _services;
    private readonly ResumeToken? _token;
    private readonly int _resumeWindowMs;
    private readonly SessionEvents _events;
    private readonly LineQueue _lines;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _endedToken;
    private readonly DateTimeOffset _beganAt;

    // Guards what follows.
    private readonly Lock _gate = new();
    private StayState _state;
    private IStayConnection? _connection;
    private long _detachedNs;
    private bool _isLost;

    private PlayerStay(PlayerServices services, IStayConnection connection, Language language, ResumeToken? token)
    {
        ChatOptions options = services.Options;
        _services = services;
        _connection = connection;
        _token = options.ResumeWindowMs > 0 ? token : null;
        _resumeWindowMs = _token is null ? 0 : options.ResumeWindowMs;
        _events = new SessionEvents(language, isResumable: _token is not null, services.Watch.Clock);
        _lines = new LineQueue(options.MaxInFlightPerPlayer, _token is null ? 0 : options.MaxBufferedBytesPerPlayer, _events);
        _endedToken = _ended.Token;
        _beganAt = services.Time.GetUtcNow();
    }

    /// <summary>The player's session.</summary>
    public PlayerSession Session { get; private set; } = null!;

    /// <summary>Where it is between beginning and end.</summary>
    public StayState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Takes a name for a stay; <see cref="DisposeAsync"/> gives it free.</summary>
    /// <returns>The stay; null where somebody has the name, or where no more players may be here: <paramref name="isFull"/>.</returns>
    public static PlayerStay? TryBegin(
        PlayerServices services, IStayConnection connection, CharacterName name, MapName map, Language language, in ClientLogIn logIn, out bool isFull)
    {
        var stay = new PlayerStay(services, connection, language, logIn.ResumeToken);
        if (services.Sessions.TryAdd(name, logIn.Channel, map.Display, language, _ => stay.Lose(), out isFull, logIn.Key) is not { } session)
        {
            stay._ended.Dispose();
            return null;
        }

        stay.Session = session;
        session.Events = stay._events;
        services.Stays.Add(stay);
        return stay;
    }

    /// <summary>What an operator is told of it.</summary>
    public SessionStatus Describe()
    {
        StayState state;
        IStayConnection? connection;
        long? detachedMs;
        lock (_gate)
        {
            state = _state;
            connection = _connection;
            detachedMs = state == StayState.Detached ? (_services.Watch.Clock.NowNs - _detachedNs) / 1_000_000 : null;
        }

        return new SessionStatus(
            Session.Id, Session.Name.Display, Session.Channel, Session.Map, NameOf(state), _beganAt, _lines.Count, connection?.Remote, detachedMs);
    }

    /// <summary>The channel has let the character in: greets the player.</summary>
    public void Enter(IStayConnection connection)
    {
        lock (_gate)
        {
            _state = StayState.Attached;
            _lines.Attach(connection.Outgoing, Greeting(ChatCodes.Welcome), lastAnsweredLineId: 0);
        }

        _lines.Send();
    }

    /// <summary>Goes on over a new connection, if the token is right. The old one, if it still seems to live, is ended.</summary>
    public ResumeOutcome TryResume(IStayConnection connection, ResumeToken token, ulong lastAnsweredLineId, ulong lastEventNumber)
    {
        if (!token.Equals(_token))
        {
            return ResumeOutcome.None;
        }

        IStayConnection? old;
        lock (_gate)
        {
            if (_isLost || _state is not (StayState.Attached or StayState.Detached))
            {
                return ResumeOutcome.Pending;
            }

            old = _connection;
            _connection = connection;
            _state = StayState.Attached;
            _services.Watch.Remove(this);
            _lines.Attach(connection.Outgoing, Greeting(ChatCodes.Resumed) with { IsResumed = true }, lastAnsweredLineId, lastEventNumber);
        }

        old?.End(EndReason.TakenOver);
        _lines.Send();
        _services.Metrics.CountResume();
        ChatLog.Resumed(_services.Logger, Session.Id, old is null);
        return ResumeOutcome.Resumed;
    }

    /// <summary>A connection has ended.</summary>
    /// <returns>Whether the stay ends with it: then the caller has to call <see cref="DisposeAsync"/>.</returns>
    public bool Leave(IStayConnection connection, EndReason reason)
    {
        lock (_gate)
        {
            if (_connection != connection)
            {
                return false;
            }

            _connection = null;
            _lines.Detach(connection.Outgoing);
            _events.Close(connection.Outgoing);
            if (_state != StayState.Attached || _token is null || _isLost || !reason.AllowsResume())
            {
                bool isFirstEnd = _state != StayState.Ended;
                _state = StayState.Ended;
                return isFirstEnd;
            }

            _state = StayState.Detached;
            _detachedNs = _services.Watch.Clock.NowNs;

            // Within the lock: the resume that comes next must find it there to remove it.
            _services.Watch.Add(this);
        }

        ChatLog.Detached(_services.Logger, Session.Id, _resumeWindowMs);
        return false;
    }

    /// <inheritdoc/>
    public void Check(long nowNs)
    {
        lock (_gate)
        {
            if (_state != StayState.Detached || nowNs - _detachedNs <= _resumeWindowMs * 1_000_000L)
            {
                return;
            }

            _state = StayState.Ended;
        }

        ChatLog.WindowOver(_services.Logger, Session.Id);
        _ = EndUnwatchedAsync();
    }

    /// <summary>Ends it: frees what is in flight, tells the channel, and gives the name free.</summary>
    public async ValueTask DisposeAsync()
    {
        _services.Watch.Remove(this);

        // First, so that nobody is told that this player was shown anything.
        _events.End();

        // Frees whatever is in flight at once: a result that comes later goes nowhere.
        _ended.CancelHere();
        await _lines.WhenEmptyAsync();
        await _services.Gateway.EndSessionAsync(Session);
        _services.Stays.Remove(this);
        _ended.Dispose();
    }

    /// <summary>Ends it as <see cref="DisposeAsync"/> does; what goes wrong is logged, so nobody has to await it.</summary>
    public async Task EndUnwatchedAsync()
    {
        try
        {
            await DisposeAsync();
        }
#pragma warning disable CA1031 // Nobody awaits this task: the fault is said here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.EndFailed(_services.Logger, Session.Id, exception);
        }
    }

    private static string NameOf(StayState state) => state switch
    {
        StayState.LoggingIn => "logging_in",
        StayState.Attached => "attached",
        StayState.Detached => "detached",
        _ => "ended",
    };

    // The channel has given the character to somebody else.
    private void Lose()
    {
        IStayConnection? connection;
        bool isAlone;
        lock (_gate)
        {
            _isLost = true;
            connection = _connection;
            isAlone = _state == StayState.Detached;
            _state = isAlone ? StayState.Ended : _state;
        }

        connection?.End(EndReason.SessionLost);
        if (isAlone)
        {
            _ = EndUnwatchedAsync();
        }
    }

    private ServerLoggedIn Greeting(string code)
    {
        // Where it is now, which need not be where it entered.
        (int channel, string map) = (Session.Channel, Session.Map);
        string[] arguments = [Session.Name.Display, channel.ToString(System.Globalization.CultureInfo.InvariantCulture), map];
        return new ServerLoggedIn(
            Session.Id,
            Session.Name.Display,
            channel,
            map,
            _services.Gateway.Render(Session, string.Empty, code, arguments),
            _resumeWindowMs);
    }
}
