using System.Diagnostics;
using System.Globalization;
using ChatClient.Connection;
using ChatClient.Conversation;
using ChatClient.Output;
using Shared.Protocol.Messages.Players;

namespace ChatClient.Load;

/// <summary>
/// One player of a load: a session as that of any client, which connects again and sends again what the server has not read, and what came of its
/// lines. Owns the session.
/// </summary>
internal sealed class LoadPlayer : IOutput, IAsyncDisposable
{
    // What a player may have unanswered at a given rate before further lines count as not sent: a second of a very fast one.
    private const int MaxOutstanding = 10_000;

    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_byeWait = TimeSpan.FromSeconds(2);

    private readonly LoadScript _script;
    private readonly int _number;
    private readonly bool _goesOn;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Session? _session;

    // Guards what follows; held for a few instructions.
    private readonly Lock _gate = new();
    private LoadTally _tally = new();

    // Lines that are to be sent, or have been, and have not ended; of those, how many are sent with the next flush.
    private int _underWay;
    private int _toSend;
    private bool _isStopping;
    private TaskCompletionSource? _quiet;

    private LoadPlayer(LoadScript script, int number, bool goesOn)
    {
        _script = script;
        _number = number;
        _goesOn = goesOn;
    }

    /// <summary>Ends when the server has ended the session, or the connection is lost for good; with the reason, for a person.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>How many lines are under way.</summary>
    public int OutstandingCount
    {
        get
        {
            lock (_gate)
            {
                return _underWay;
            }
        }
    }

    private Session Session => _session ?? throw new InvalidOperationException("The player is not logged in.");

    /// <summary>Connects and logs in.</summary>
    /// <param name="script">What players are called and type.</param>
    /// <param name="number">Its number among them.</param>
    /// <param name="goesOn">Whether it sends a line for each that was answered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LogInFailedException">It cannot, or was refused.</exception>
    public static async Task<LoadPlayer> LogInAsync(LoadScript script, int number, bool goesOn, CancellationToken cancellationToken)
    {
        var player = new LoadPlayer(script, number, goesOn);
        var options = new ChatOptions
        {
            Server = script.ServerOf(number),
            Name = script.NameOf(number),
            Channel = script.ChannelOf(number),
            Map = script.MapOf(number),
            ConnectTimeout = s_connectTimeout,
            MaxOutstandingLines = MaxOutstanding,
        };
        player._session = await LogIn.StartAsync(options, player, cancellationToken);
        player._session.Start(CancellationToken.None);
        _ = player.WatchAsync();
        return player;
    }

    /// <summary>Sends a line that is due now, or was at a moment before.</summary>
    /// <exception cref="ConnectionLostException">The connection is lost for good.</exception>
    public async ValueTask SendAsync(long dueAt)
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            if (_underWay >= MaxOutstanding || !Session.Lines.TryTakeRoom())
            {
                _tally.Overruns++;
                return;
            }

            _underWay++;
        }

        await SendLineAsync(dueAt, CancellationToken.None);
        await Session.FlushAsync(CancellationToken.None);
    }

    /// <summary>Takes what was counted since the last call.</summary>
    public LoadTally TakeTally()
    {
        lock (_gate)
        {
            LoadTally taken = _tally;
            _tally = new LoadTally();
            return taken;
        }
    }

    /// <summary>Sends nothing more; completes when nothing is under way.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_underWay == 0)
            {
                return Task.CompletedTask;
            }

            _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return Task.WhenAny(_quiet.Task, Ended);
        }
    }

    /// <inheritdoc/>
    public void Result(in LineResult result)
    {
        lock (_gate)
        {
            _tally.Count(LoadScript.KindOf(result.Line), result.Outcome, result.Code, (long)result.Elapsed.TotalNanoseconds);
            if (_goesOn && !_isStopping)
            {
                // Another takes its place.
                _toSend++;
            }
            else if (--_underWay == 0)
            {
                _quiet?.TrySetResult();
            }
        }
    }

    /// <inheritdoc/>
    public void Event(in ServerEvent message)
    {
        int at = message.Text.LastIndexOf(LoadScript.Stamp, StringComparison.Ordinal);
        if (at >= 0
            && long.TryParse(message.Text.AsSpan(at + LoadScript.Stamp.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long dueAt))
        {
            long now = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                _tally.Deliveries.Add(LoadClock.NsBetween(dueAt, now));
            }
        }
    }

    /// <inheritdoc/>
    public void Notice(string code, string text)
    {
        if (code is not (ClientCodes.Resumed or ClientCodes.SessionLost))
        {
            return;
        }

        lock (_gate)
        {
            _tally.Reconnects++;
            _tally.NewSessions += code == ClientCodes.SessionLost ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The lines for all that was answered together leave together.</remarks>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        int count;
        lock (_gate)
        {
            count = _toSend;
            _toSend = 0;
        }

        if (count == 0)
        {
            return;
        }

        for (; count > 0; count--)
        {
            if (!Session.Lines.TryTakeRoom())
            {
                throw new InvalidOperationException("An answered line has not left its room.");
            }

            await SendLineAsync(Stopwatch.GetTimestamp(), cancellationToken);
        }

        await Session.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Says bye, and waits a little for the server to act on it: else it would keep the session for a while, and with it the name.</remarks>
    public async ValueTask DisposeAsync()
    {
        await Session.TrySayByeAsync(s_byeWait);
        await Session.Running.WaitAsync(s_byeWait, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Session.DisposeAsync();
    }

    private ValueTask SendLineAsync(long dueAt, CancellationToken cancellationToken) =>
        Session.SendLineAsync(_script.LineOf(_script.Draw(), _number, dueAt), dueAt, cancellationToken);

    private async Task WatchAsync()
    {
        try
        {
            await Session.Running;
            _ended.SetResult(Session.Inbox.Refused?.Text ?? "the server closed the connection");
        }
        catch (ConnectionLostException lost)
        {
            _ended.SetResult(lost.Message);
        }
        catch (OperationCanceledException)
        {
            _ended.SetResult("stopped");
        }
#pragma warning disable CA1031 // Nobody awaits this task: what went wrong is told as the reason of the end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _ended.SetResult(failure.Message);
        }
    }
}
