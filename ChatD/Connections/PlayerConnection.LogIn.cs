using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Stays;
using ChatD.Texts;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Names;
using Shared.Protocol.Requests;

namespace ChatD.Connections;

/// <content>How a player comes in: checked here, then asked of the channel.</content>
internal sealed partial class PlayerConnection
{
    // How the log-in ends, for its span. Most refusals are answers.
    private OutcomeKind _logInOutcome = OutcomeKind.Error;
    private string _logInCode = string.Empty;

    private async Task<EndReason> LogInAsync()
    {
        ClientFrame frame = await _input.ReadAsync();
        if (frame.TypeNumber != MessageTypes.ClientLogIn)
        {
            return frame.TypeNumber == 0 ? frame.End : EndReason.BadFrame;
        }

        Activity? span = _services.LogInTracing.BeginLogIn();
        try
        {
            EndReason reason = await LogInAsync(frame.LogIn, span);
            LogInTracing.End(span, _stay?.Session.Id ?? 0, _logInOutcome, _logInCode);
            return reason;
        }
        catch
        {
            // chatD stops, mostly.
            LogInTracing.End(span, _stay?.Session.Id ?? 0, OutcomeKind.Unknown, OutcomeCodes.Stopping);
            throw;
        }
    }

    private async Task<EndReason> LogInAsync(ClientLogIn logIn, Activity? span)
    {
        Language language = Enum.IsDefined(logIn.Language) ? logIn.Language : Language.Korean;
        if (logIn.ProtocolVersion != PlayerProtocol.Version)
        {
            return Refuse(language, ChatCodes.ProtocolVersion, [Invariant(logIn.ProtocolVersion), Invariant(PlayerProtocol.Version)]);
        }

        if (!CharacterName.TryParse(logIn.Name, out CharacterName name, out _))
        {
            return Refuse(language, CommonCodes.BadName, []);
        }

        if (!MapName.TryParse(logIn.Map, out MapName map, out _))
        {
            return Refuse(language, CommonCodes.BadMap, []);
        }

        return logIn.ResumeToken is { } token && _services.Stays.TryFind(name, out PlayerStay? stay)
            ? Resume(stay, token, logIn) ?? await EnterAsync(logIn, name, map, language, span)
            : await EnterAsync(logIn, name, map, language, span);
    }

    // Null where the log-in is one like any other.
    private EndReason? Resume(PlayerStay stay, ResumeToken token, in ClientLogIn logIn)
    {
        switch (stay.TryResume(this, token, logIn.LastAnsweredLineId, logIn.LastEventNumber))
        {
            case ResumeOutcome.Resumed:
                _stay = stay;
                _isLoggedIn = true;
                (_logInOutcome, _logInCode) = (OutcomeKind.Ok, LogInTracing.Resumed);
                return EndReason.None;
            case ResumeOutcome.Pending:
                return Refuse(stay.Session.Language, ChatCodes.LogInPending, []);
            default:
                return null;
        }
    }

    private async Task<EndReason> EnterAsync(ClientLogIn logIn, CharacterName name, MapName map, Language language, Activity? span)
    {
        Activity? admission = LogInTracing.BeginAdmission(span);
        EndReason admitted;
        try
        {
            admitted = await AdmitAsync(logIn, name, map, language);
        }
        catch
        {
            // chatD stops, mostly. The wait before it is what somebody looks for.
            LogInTracing.End(admission, 0, OutcomeKind.Unknown, OutcomeCodes.Stopping);
            throw;
        }

        if (_stay is null)
        {
            LogInTracing.End(admission, 0, _logInOutcome, _logInCode);
            return admitted;
        }

        LogInTracing.End(admission, _stay.Session.Id, OutcomeKind.Ok, LogInTracing.Admitted);
        Outcome<LogInResult> outcome = await _services.Gateway.LogInAsync(_stay.Session, span);
        _logInOutcome = outcome.Kind;
        if (outcome.Kind == OutcomeKind.Error)
        {
            // Before the client is told: it may try again at once, under the same name. A channel that has gone meanwhile keeps the name,
            // perhaps for long, and not the client.
            PlayerStay refused = _stay;
            _stay = null;
            await refused.EndUnwatchedAsync().WaitAsync(s_nameFreeTime, _services.Time).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return Refuse(language, outcome.Code ?? OutcomeCodes.Internal, [name.Display]);
        }

        if (outcome.Kind != OutcomeKind.Ok)
        {
            return Refuse(language, outcome.Code ?? OutcomeCodes.Internal, [name.Display]);
        }

        _services.Metrics.CountLogIn();
        ChatLog.LoggedIn(_services.Logger, _stay.Session.Id, name.Display, outcome.Result.Channel, outcome.Result.Map);
        _stay.Enter(this);
        _isLoggedIn = true;
        _logInCode = LogInTracing.LoggedIn;
        return EndReason.None;
    }

    // Without asking the channel. Begins the stay where nothing is against it.
    private async Task<EndReason> AdmitAsync(ClientLogIn logIn, CharacterName name, MapName map, Language language)
    {
        if (_services.Drain.IsOn)
        {
            return Refuse(language, CommonCodes.Draining, []);
        }

        if (!await _services.Gateway.CanLogInAsync(logIn.Channel))
        {
            _logInOutcome = OutcomeKind.Busy;
            return Refuse(language, OutcomeCodes.PeerDown, []);
        }

        _stay = PlayerStay.TryBegin(_services, this, name, map, language, logIn, out bool isFull);
        return _stay is not null ? EndReason.None
            : isFull ? Refuse(language, ChatCodes.ServerFull, [])
            : Refuse(language, CommonCodes.NameTaken, [name.Display]);
    }

    private EndReason Refuse(Language language, string code, IReadOnlyList<string> arguments)
    {
        _logInCode = code;
        ChatLog.LogInRefused(_services.Logger, code);
        _services.Metrics.CountRefusal(code);
        _outgoing.Add(new ServerRefused(code, _services.Gateway.Render(language, string.Empty, code, arguments)));
        return EndReason.Refused;
    }

    private static string Invariant(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
