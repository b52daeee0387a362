using System.Net;
using ChatD.Configuration;
using ChatD.Diagnostics;
using ChatD.Stays;
using ChatD.Texts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>One player's connection, from its first byte to its last.</summary>
internal sealed partial class PlayerConnection : IWatched, IStayConnection, IAsyncDisposable
{
    private const string DoesNotRead = "The player does not read.";

    // After so many frames the others of this thread have their turn, and it goes on on another one: somebody who sends without a pause would else keep it.
    private const int FramesInATurn = 256;

    // How long a client that was told to go may take to read that before the connection is closed under it.
    private static readonly TimeSpan s_lingerTime = TimeSpan.FromSeconds(1);

    // How long answers may take that are still to come when chatD stops. With the time above it fits the limit of a stop.
    private static readonly TimeSpan s_lastAnswersTime = TimeSpan.FromSeconds(2);

    // How long a client whose log-in was refused waits for its name to be free again: one answer of the channel, as a rule.
    private static readonly TimeSpan s_nameFreeTime = TimeSpan.FromSeconds(1);

    private readonly ConnectionContext _connection;
    private readonly ChatOptions _options;
    private readonly PlayerServices _services;
    private readonly FrameInput _input;
    private readonly OutgoingFrames _outgoing;
    private readonly CancellationToken _closeRequested;
    private readonly long _beganNs;
    private PlayerStay? _stay;
    private EndReason _endReason;
    private long _lastPingNs;
    private bool _hasLeftStay;
    private bool _endsStay;
    private volatile bool _isLoggedIn;

    /// <summary>Takes a connection over that Kestrel has accepted, and goes on owning.</summary>
    public PlayerConnection(ConnectionContext connection, PlayerServices services)
    {
        _connection = connection;
        _services = services;
        _options = services.Options;
        _input = new FrameInput(connection.Transport.Input, _options.MaxFrameBytes, services.Watch);
        _outgoing = new OutgoingFrames(connection.Transport.Output, _options.MaxBufferedBytesPerPlayer, services.Watch.Clock, services.NextBurstWrites(), OnDoesNotRead);
        _closeRequested = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        _beganNs = services.Watch.Clock.NowNs;
    }

    /// <inheritdoc/>
    public OutgoingFrames Outgoing => _outgoing;

    /// <inheritdoc/>
    public string Remote => _connection.RemoteEndPoint as IPEndPoint is { } address ? address.ToString() : "unix";

    /// <inheritdoc/>
    public long ArrivedNs => _input.ArrivedNs;

    /// <summary>Serves the player until the connection ends, for whatever reason.</summary>
    public async Task RunAsync()
    {
        _services.Watch.Add(this);
        using CancellationTokenRegistration stopping = _closeRequested.UnsafeRegister(
            static state => ((PlayerConnection)state!).End(EndReason.Stopping), this);
        EndReason reason = await ComeInAsync();
        if (reason == EndReason.None)
        {
            reason = await ServeAsync();
        }

        _endReason = reason;
        _services.Metrics.CountEnd(reason);
        ChatLog.ConnectionEnded(_services.Logger, _stay?.Session.Id ?? 0, reason);
        await CloseAsync(reason);
    }

    /// <inheritdoc/>
    public void End(EndReason reason)
    {
        _input.End(reason);

        // The reading loop may be waiting there: it comes to its next read, and sees the reason.
        _outgoing.StopHoldingBack();
    }

    /// <inheritdoc/>
    public void Check(long nowNs)
    {
        if (!_isLoggedIn && IsPast(_beganNs, _options.LogInTimeoutMs))
        {
            End(EndReason.LogInTimeout);
        }
        else if (_input.FrameBeganNs is > 0 and long began && IsPast(began, _options.FrameTimeoutMs))
        {
            End(EndReason.FrameTimeout);
        }
        else if (_outgoing.WriteBeganNs is > 0 and long writeBegan && IsPast(writeBegan, _options.WriteTimeoutMs))
        {
            OnDoesNotRead();
        }
        else if (_isLoggedIn && !_input.HoldsSomething && _outgoing.WriteBeganNs == 0 && IsPast(_input.LastReceivedNs, _options.DeadAfterMs))
        {
            // Not while a write waits for him: then nothing of his is read, be it an answer to a ping, and that write has its own time.
            End(EndReason.Dead);
        }
        else if (_isLoggedIn && !_input.HoldsSomething && IsPast(Math.Max(_input.LastReceivedNs, _lastPingNs), _options.PingAfterMs))
        {
            _lastPingNs = nowNs;
            _outgoing.Add(default(ServerPing));
            _outgoing.Flush();
        }

        bool IsPast(long sinceNs, int limitMs) => nowNs - sinceNs > limitMs * 1_000_000L;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _services.Watch.Remove(this);

        // First, so that nothing of the lines that end with the stay reaches a client.
        LeaveStay();
        await _outgoing.StopAsync();
        if (_endsStay)
        {
            await _stay!.DisposeAsync();
        }
    }

    private void LeaveStay()
    {
        if (!_hasLeftStay)
        {
            _hasLeftStay = true;
            _endsStay = _stay?.Leave(this, _endReason) ?? false;
        }
    }

    private async Task<EndReason> ComeInAsync()
    {
        if (!_services.Admission.TryBegin())
        {
            return Refuse(Language.Korean, ChatCodes.ServerBusy, []);
        }

        try
        {
            return await LogInAsync();
        }
        finally
        {
            _services.Admission.End();
        }
    }

    private async Task<EndReason> ServeAsync()
    {
        // Lines that came together go on together. A burst is the thread's, and keeps others waiting, so it ends before anything is waited for.
        var burst = new LineBurst(_services.Gateway);
        int turns = 0;
        try
        {
            while (true)
            {
                if (++turns % FramesInATurn == 0)
                {
                    burst.EndUnless(false);
                    await Task.Yield();
                }

                ValueTask<ClientFrame> reading = _input.ReadAsync();
                burst.EndUnless(reading.IsCompleted);
                ClientFrame frame = await reading;
                switch (frame.TypeNumber)
                {
                    case MessageTypes.ClientLine:
                        burst.Note(_input.HasMore);
                        ValueTask<EndReason> taking = _stay!.TakeLineAsync(this, frame.Line);
                        burst.EndUnless(taking.IsCompleted);
                        EndReason fault = await taking;
                        if (fault != EndReason.None)
                        {
                            return fault;
                        }

                        break;
                    case MessageTypes.ClientPong:
                        break;
                    case MessageTypes.ClientBye:
                        return EndReason.Bye;
                    case MessageTypes.ClientLogIn:
                        return EndReason.BadFrame;
                    default:
                        return frame.End;
                }
            }
        }
        finally
        {
            burst.EndUnless(false);
        }
    }

    private async Task CloseAsync(EndReason reason)
    {
        if (reason is EndReason.Disconnected or EndReason.SlowReader or EndReason.Dead)
        {
            _connection.Abort(new ConnectionAbortedException(reason.ToString()));
            return;
        }

        if ((reason is EndReason.Bye or EndReason.Stopping) && _stay is { } stay)
        {
            // What was asked is answered; each request has its deadline, so this has one.
            TimeSpan limit = reason == EndReason.Stopping ? s_lastAnswersTime : Timeout.InfiniteTimeSpan;
            await stay.WhenAnsweredAsync().WaitAsync(limit, _services.Time).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (reason is not (EndReason.Bye or EndReason.Refused))
        {
            _outgoing.Add(Farewell(reason));
        }

        using var linger = new CancellationTokenSource(s_lingerTime, _services.Time);
        try
        {
            await _outgoing.DrainAsync().WaitAsync(linger.Token);
        }
        catch (OperationCanceledException)
        {
            // It does not read: it has had its time. Kestrel would wait for it to take what is on its way, at a stop until it is all over.
            _connection.Abort(new ConnectionAbortedException(DoesNotRead));
            return;
        }

        if (reason != EndReason.Bye)
        {
            // Kestrel closes the socket, for both directions, when the output is complete; what a client sends then makes its kernel
            // throw away what it has not read. After its good-bye it sends nothing.
            await _input.LingerAsync(linger.Token);
        }

        // Whoever sees the connection closed may come again at once, and is to find the stay as it will be.
        LeaveStay();
        await _connection.Transport.Output.CompleteAsync();
        _ = CutOffLaterAsync();
    }

    private ServerRefused Farewell(EndReason reason)
    {
        if (_stay?.Session is not { } session)
        {
            return new ServerRefused(EndCodes.Of(reason), _services.Gateway.Render(Language.Korean, string.Empty, EndCodes.Of(reason), []));
        }

        string code = (reason == EndReason.SessionLost ? session.LostCode : null) ?? EndCodes.Of(reason);
        string text = _services.Gateway.Render(session, string.Empty, code, [session.Name.Display, session.LostReason]);

        // At a stop the client may go on at the next chatD: it has to know which lines it may ask there.
        return new ServerRefused(code, text, reason == EndReason.Stopping ? _stay.LastReceivedLineId : null);
    }

    // What the pipe has taken may still wait for a client that does not read. To one that has it all, this does nothing.
    private async Task CutOffLaterAsync()
    {
        await Task.Delay(s_lingerTime, _services.Time);
        _connection.Abort(new ConnectionAbortedException(DoesNotRead));
    }

    private void OnDoesNotRead()
    {
        End(EndReason.SlowReader);
        _connection.Abort(new ConnectionAbortedException(DoesNotRead));
    }
}
