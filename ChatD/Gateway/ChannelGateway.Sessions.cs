using System.Diagnostics;
using ChatD.Sessions;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <content>Whom a session's log-in, lines and log-out go to.</content>
internal sealed partial class ChannelGateway
{
    /// <summary>See <see cref="RequestClient.TryBeginBurst"/>: several lines at hand are to leave together.</summary>
    public bool TryBeginBurst() => _client?.TryBeginBurst() ?? false;

    /// <summary>Ends what <see cref="TryBeginBurst"/> has begun, on the same thread.</summary>
    public void EndBurst() => _client?.EndBurst();

    /// <summary>Whether a player can log in to a channel now: whoever runs it is there. Waits a little for one that has just been seen, or restarts.</summary>
    public ValueTask<bool> CanLogInAsync(int channel) => Ports.For(channel).WhenReadyAsync(_stoppingToken, waitsForRestart: true);

    /// <summary>Asks the channel to let a character in. Whatever the outcome, the session is ended by <see cref="EndSessionAsync"/>.</summary>
    /// <param name="session">The session.</param>
    /// <param name="span">The log-in's span; null where it is not traced.</param>
    public async ValueTask<Outcome<LogInResult>> LogInAsync(PlayerSession session, Activity? span)
    {
        ChannelPort port = Ports.For(session.Channel);

        // Before the request: a channel that comes back meanwhile is told of it twice rather than never, and twice is once there.
        session.Begin(port);
        if (_node is { Codec.CarriesSessions: false })
        {
            // C programs know no sessions: the names of this chatD are all that there are.
            var place = new LogInResult(session.Name.Display, session.Channel, session.Map);
            session.IsInGame = false;
            session.NoteUnknownTo(port);
            port.NotePlace(session, place);
            return new Outcome<LogInResult> { Kind = OutcomeKind.Ok, Result = place, HasResult = true };
        }

        Outcome<LogInResult> outcome = await port.LogInAsync(session, session.Channel, session.Map, span);
        if (outcome.Kind == OutcomeKind.Ok)
        {
            port.NotePlace(session, outcome.Result);
        }

        return outcome;
    }

    /// <summary>
    /// Tells whichever channelD may know it that a session has ended, until they do, and gives the name free then. Before that nobody could log
    /// in under this name anyway.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="stopping">Cancelled when chatD stops: its farewell ends all sessions.</param>
    public async ValueTask EndSessionAsync(PlayerSession session, CancellationToken stopping = default)
    {
        session.IsInGame = false;
        try
        {
            Task moved = session.Moves.EndAsync();
            if (!moved.IsCompleted)
            {
                // It notices by itself that it is not wanted any more; each of its steps has its deadline. Afterwards it is known who has the session.
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_leavingToken, stopping);
                await moved.WaitAsync(limit.Token).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            IReadOnlyList<ChannelPort> ports = session.KnownTo;
            if (ports.Count == 1)
            {
                await ports[0].LogOutAsync(session, stopping);
            }
            else if (ports.Count > 1)
            {
                await Task.WhenAll(ports.Select(port => port.LogOutAsync(session, stopping)));
            }
        }
        finally
        {
            _sessions.Remove(session);
        }
    }
}
