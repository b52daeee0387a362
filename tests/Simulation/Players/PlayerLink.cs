using ChatD.Sessions;
using Faults.Checker;
using Faults.Checker.History;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Simulation.Daemons;

namespace Simulation.Players;

/// <summary>A player's connection to one run of chatD, doing to the gateway what chatD's own connections do.</summary>
internal sealed class PlayerLink
{
    private readonly SimWorld _world;
    private readonly ChatDaemon _chat;
    private readonly SimPlayer _player;
    private readonly CancellationTokenSource _gone = new();
    private PlayerSession? _session;
    private int _openLines;
    private bool _isLoggingIn;
    private bool _isLeaving;
    private bool _isEnding;

    public PlayerLink(SimWorld world, ChatDaemon chat, SimPlayer player)
    {
        _world = world;
        _chat = chat;
        _player = player;
    }

    public bool IsIn { get; private set; }

    /// <summary>Whether it can take a line.</summary>
    public bool CanAsk => IsIn && !_isLeaving && _chat.IsServing;

    public PlayerSession Session => _session ?? throw new InvalidOperationException("Not logged in.");

    public ChatDaemon Chat => _chat;

    public void LogIn()
    {
        using DaemonScope scope = _chat.Enter();
        if (_chat.IsGone || !_chat.Gateway.IsReady)
        {
            return;
        }

        _session = _chat.Sessions.TryAdd(_player.Name, channel: 1, "헤네시스", Shared.Protocol.Messages.Language.Korean, _ => OnLost());
        if (_session is null)
        {
            return;
        }

        _isLoggingIn = true;
        _chat.Add(this);
        _player.Link = this;
        _world.Watch(LogInAsync(_session));
    }

    public void Ask(string command, bool hasSecret, string argument = "")
    {
        using DaemonScope scope = _chat.Enter();
        if (!CanAsk)
        {
            return;
        }

        long request = _world.NextRequest();
        string line = hasSecret ? $"{command} {Secret.Of(request)}" : $"{command} {argument}";
        _openLines++;
        _world.Watch(AskAsync(request, line));
    }

    /// <summary>The connection breaks: what is open is given up.</summary>
    public void Leave()
    {
        if (_isLeaving || !_chat.IsRunning)
        {
            return;
        }

        using DaemonScope scope = _chat.Enter();
        _isLeaving = true;

        // Never handed to another thread: the callbacks run here and now.
        _gone.Cancel();
        EndIfDone();
    }

    /// <summary>No more lines; what is open is awaited.</summary>
    public void LeavePolitely()
    {
        _isLeaving = true;
        EndIfDone();
    }

    /// <summary>The chatD has gone, and everything with it.</summary>
    public void Break()
    {
        IsIn = false;
        _isLeaving = true;
        _player.Forget(this);
    }

    private async Task LogInAsync(PlayerSession session)
    {
        long request = _world.NextRequest();
        _world.Record(new Asked(_world.NowNs, request, _chat.Instance, _chat.Generation, session.Id, $"log-in {_player.Name.Display}"));
        bool isOk = false;
        try
        {
            Outcome<LogInResult> outcome = await _chat.Gateway.LogInAsync(session);
            Tell(request, (EndKind)outcome.Kind, outcome.Code, text: null);
            isOk = outcome.Kind == OutcomeKind.Ok;
        }
        catch (OperationCanceledException)
        {
            Tell(request, EndKind.Cancelled, code: null, text: null);
        }

        if (_chat.IsGone)
        {
            return;
        }

        _isLoggingIn = false;
        IsIn = isOk;
        _isLeaving |= !isOk;
        EndIfDone();
    }

    private async Task AskAsync(long request, string line)
    {
        _world.Record(new Asked(_world.NowNs, request, _chat.Instance, _chat.Generation, Session.Id, line));
        try
        {
            Outcome<CommandResult> outcome = await _chat.Gateway.RunAsync(Session, line, _gone.Token);
            Tell(request, (EndKind)outcome.Kind, outcome.Code, outcome.HasResult ? string.Join(' ', outcome.Result.Arguments) : null);
        }
        catch (OperationCanceledException)
        {
            Tell(request, EndKind.Cancelled, code: null, text: null);
        }

        _openLines--;
        EndIfDone();
    }

    private void Tell(long request, EndKind kind, string? code, string? text)
    {
        if (!_chat.IsGone)
        {
            _world.Counts.Add(kind);
            _world.Record(new Ended(_world.NowNs, request, _chat.Generation, Session.Id, kind, code, text));
        }
    }

    private void OnLost()
    {
        _world.Note($"{_player} has lost its session at {_chat}");
        _world.Scheduler.After(0, Leave);
    }

    private void EndIfDone()
    {
        if (!_isLeaving || _isLoggingIn || _openLines > 0 || _isEnding || _chat.IsGone)
        {
            return;
        }

        _isEnding = true;
        _world.Watch(EndAsync());
    }

    private async Task EndAsync()
    {
        IsIn = false;
        await _chat.Gateway.EndSessionAsync(Session);
        if (!_chat.IsGone)
        {
            _chat.Remove(this);
            _player.Forget(this);
        }
    }
}
