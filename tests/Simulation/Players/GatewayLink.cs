using System.Runtime.CompilerServices;
using ChatD.Gateway;
using ChatD.Sessions;
using Faults.Checker.History;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Simulation.Daemons;

namespace Simulation.Players;

/// <summary>A player who asks the gateway of a chatD directly: so each request's deadline is seen to the tick.</summary>
internal sealed class GatewayLink : PlayerLink
{
    private readonly CancellationTokenSource _gone = new();
    private PlayerSession? _session;
    private int _openLines;
    private bool _isLoggingIn;
    private bool _isLeaving;
    private bool _isEnding;

    public GatewayLink(ChatDaemon chat, SimPlayer player)
        : base(chat, player)
    {
    }

    /// <inheritdoc/>
    public override int SessionId => Session.Id;

    private PlayerSession Session => _session ?? throw new InvalidOperationException("Not logged in.");

    /// <inheritdoc/>
    public override void LogIn()
    {
        using DaemonScope scope = Chat.Enter();
        if (Chat.IsGone || !Chat.Gateway.Ports.For(Player.Channel).IsReady)
        {
            return;
        }

        _session = Chat.Sessions.TryAdd(Player.Name, Player.Channel, "헤네시스", Shared.Protocol.Messages.Language.Korean, _ => OnLost(), out _);
        if (_session is null)
        {
            return;
        }

        _isLoggingIn = true;
        Chat.Add(this);
        Player.Link = this;
        World.Watch(LogInAsync(_session));
    }

    /// <inheritdoc/>
    public override void Ask(string command, bool hasSecret, string argument = "")
    {
        using DaemonScope scope = Chat.Enter();
        if (!IsIn || _isLeaving || !Chat.IsServing)
        {
            return;
        }

        long request = World.NextRequest();
        _openLines++;
        World.Watch(AskAsync(request, LineOf(request, command, hasSecret, argument)));
    }

    /// <inheritdoc/>
    public override void Leave()
    {
        if (_isLeaving || !Chat.IsRunning)
        {
            return;
        }

        using DaemonScope scope = Chat.Enter();
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
        Player.Forget(this);
    }

    private async Task LogInAsync(PlayerSession session)
    {
        long request = World.NextRequest();
        World.Record(new Asked(World.NowNs, request, Chat.Instance, Chat.Generation, session.Id, $"log-in {Player.Name.Display}"));
        bool isOk = false;
        try
        {
            Outcome<LogInResult> outcome = await Chat.Gateway.LogInAsync(session, span: null);
            Tell(request, (EndKind)outcome.Kind, outcome.Code, text: null);
            isOk = outcome.Kind == OutcomeKind.Ok;
        }
        catch (OperationCanceledException)
        {
            Tell(request, EndKind.Cancelled, code: null, text: null);
        }

        if (Chat.IsGone)
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
        World.Record(new Asked(World.NowNs, request, Chat.Instance, Chat.Generation, Session.Id, line));
        try
        {
            // In the step that ends it, as without the context of a simulated pool.
            Outcome<CommandResult> outcome = await RunAsync(line).ConfigureAwait(false);
            Tell(request, (EndKind)outcome.Kind, outcome.Code, outcome.HasResult ? $"{string.Join(' ', outcome.Result.Arguments)}{outcome.Result.Text}" : null);
        }
        catch (OperationCanceledException)
        {
            Tell(request, EndKind.Cancelled, code: null, text: null);
        }

        _openLines--;
        EndIfDone();
    }

    // As a stay does for its connection. Its builder goes on with whoever awaits it in the step that ends it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<CommandResult>> RunAsync(string line)
    {
        AskedLine asked = default;
        Outcome<CommandResult> outcome;
        try
        {
            outcome = await Chat.Gateway.AskAsync(Session, line, span: null, out asked, _gone.Token);
        }
        catch
        {
            ChannelGateway.Abandon(Session, asked);
            throw;
        }

        return ChannelGateway.TryEnd(Session, asked, ref outcome)
            ? outcome
            : await Chat.Gateway.FinishAsync(Session, line, span: null, asked, outcome, _gone.Token);
    }

    private void Tell(long request, EndKind kind, string? code, string? text)
    {
        if (!Chat.IsGone)
        {
            World.Counts.Add(kind);
            World.Record(new Ended(World.NowNs, request, Chat.Generation, Session.Id, kind, code, text));
        }
    }

    private void OnLost()
    {
        World.Note($"{Player} has lost its session at {Chat}");
        World.Scheduler.After(0, Leave);
    }

    private void EndIfDone()
    {
        if (!_isLeaving || _isLoggingIn || _openLines > 0 || _isEnding || Chat.IsGone)
        {
            return;
        }

        _isEnding = true;
        World.Watch(EndAsync());
    }

    private async Task EndAsync()
    {
        IsIn = false;
        await Chat.Gateway.EndSessionAsync(Session);
        if (!Chat.IsGone)
        {
            Chat.Remove(this);
            Player.Forget(this);
        }
    }
}
