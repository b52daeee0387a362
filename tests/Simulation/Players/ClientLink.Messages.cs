using Faults.Checker.History;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Simulation.Connections;

namespace Simulation.Players;

/// <content>What chatD says.</content>
internal sealed partial class ClientLink
{
    // What a server says that may let this client in a moment later.
    private static readonly string[] s_notNow = ["name_taken", "login_pending", "peer_down", "overloaded", "deadline", "peer_lost", "frame_timeout"];

    private void OnMessage(byte[] payload)
    {
        switch (MessageTypes.Peek(payload))
        {
            case MessageTypes.ServerLoggedIn:
                OnLoggedIn(PlayerFraming.ReadMessage<ServerLoggedIn>(payload));
                break;
            case MessageTypes.ServerResult:
                OnResult(PlayerFraming.ReadMessage<ServerResult>(payload));
                break;
            case MessageTypes.ServerEvent:
                OnEvent(PlayerFraming.ReadMessage<ServerEvent>(payload));
                break;
            case MessageTypes.ServerRefused:
                OnRefused(PlayerFraming.ReadMessage<ServerRefused>(payload));
                break;
            case MessageTypes.ServerPing:
                Send(default(ClientPong));
                break;
            default:
                World.Fail($"{Player} was sent a message of type {MessageTypes.Peek(payload)}.");
                break;
        }
    }

    private void OnLoggedIn(in ServerLoggedIn loggedIn)
    {
        World.Expect(!IsIn, $"{Player} was greeted twice.");
        World.Note($"{Player} is in as session {loggedIn.SessionId} of {Chat}, {(loggedIn.IsResumed ? "again" : "new")}; "
            + $"received {loggedIn.LastReceivedLineId}, lost {loggedIn.LastLostLineId}");
        bool isSameSession = loggedIn.IsResumed && (!_hasSession || loggedIn.SessionId == _sessionId);
        OnEventsGreeted(loggedIn, isSameSession);
        if (isSameSession)
        {
            World.Counts.Resumed++;
            while (_lines.TryPeek(out SentLine lost) && lost.LineId <= loggedIn.LastLostLineId)
            {
                World.Counts.LostResults++;
                EndFirst(EndKind.Unknown, "result_lost", text: null);
            }
        }
        else
        {
            GiveUpLines();
            _lastLineId = 0;
            _lastAnsweredLineId = 0;
        }

        World.Expect(
            loggedIn.LastReceivedLineId <= _lastLineId, $"chatD has line {loggedIn.LastReceivedLineId} of {Player}, who sent {_lastLineId}.");
        _hasSession = true;
        _sessionId = loggedIn.SessionId;
        _troubleSinceNs = -1;
        IsIn = true;
        SendAgain(loggedIn.LastReceivedLineId);
    }

    private void SendAgain(ulong lastReceivedLineId)
    {
        foreach (SentLine line in _lines.Where(line => line.LineId > lastReceivedLineId).ToArray())
        {
            World.Counts.SentAgain++;
            Send(new ClientLine(line.LineId, line.Text, _lastAnsweredLineId, _lastEventNumber));
        }
    }

    private void OnResult(in ServerResult result)
    {
        World.Expect(IsIn, $"{Player} had a result before the greeting.");
        if (!_lines.TryPeek(out SentLine first) || first.LineId != result.LineId)
        {
            World.Fail($"{Player} was answered line {result.LineId}; {first.LineId} was due.");
            return;
        }

        if (result.Command == "channel")
        {
            World.Counts.Moved += result.Outcome == OutcomeKind.Ok ? 1 : 0;
            World.Counts.NotMoved += result.Code == CommonCodes.ChannelUnavailable ? 1 : 0;
        }

        EndFirst((EndKind)result.Outcome, result.Code, World.Settings.IsForC ? result.Text : string.Join(' ', result.Arguments));
    }

    private void EndFirst(EndKind kind, string code, string? text)
    {
        SentLine line = _lines.Dequeue();
        _lastAnsweredLineId = line.LineId;
        Tell(line, kind, code, text);
    }

    private void OnRefused(in ServerRefused refused)
    {
        World.Note($"{Player} is refused: {refused.Code}");
        World.Expect(refused.Code is not ("bad_frame" or "frame_too_long"), $"{Player} was refused a frame that was right: {refused.Code}");
        IsIn = false;
        SimConnection? connection = _connection;
        _connection = null;
        connection?.Close();
        if (_hasSession && !_isLeaving && s_notNow.Contains(refused.Code, StringComparer.Ordinal))
        {
            TryAgain();
        }
        else
        {
            End();
        }
    }
}
