using System.Diagnostics;
using ChatD.Gateway;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChatD.Sessions;

/// <summary>A line that waits for its session's move, or for the lines before it; its outcome is this task's.</summary>
/// <remarks>It ends on the thread that ends it, like a line that did not wait: so the answers of a session stay in order.</remarks>
/// <param name="session">Whose line it is.</param>
/// <param name="number">Its place among the lines of that session; see <see cref="MoveGate.TryEnter"/>.</param>
/// <param name="home">Whom it is asked of where the session has no channelD.</param>
/// <param name="text">The line.</param>
/// <param name="span">Its span; null where it is not traced.</param>
/// <param name="time">The clock.</param>
/// <param name="sinceTimestamp">When it came, as a time stamp of the clock: its time runs while it waits.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class WaitingLine(
    PlayerSession session, int number, ChannelPort home, string text, Activity? span, TimeProvider time, long sinceTimestamp, CancellationToken cancellationToken)
    : TaskCompletionSource<Outcome<CommandResult>>
{
    private const int Waits = 0;
    private const int Sent = 1;
    private const int TimedOut = 2;

    private Outcome<CommandResult>? _refusal;
    private int _phase;

    /// <summary>Whether its outcome is that of a line in work, which the caller has to take out of that.</summary>
    public bool IsInWork => Volatile.Read(ref _phase) == Sent;

    /// <summary>Its place among the lines of its session.</summary>
    public int Number { get; } = number;

    /// <summary>Whom it was asked of last; null before.</summary>
    public ChannelPort? Port { get; private set; }

    /// <summary>How many moves of its session had ended when it was asked last.</summary>
    public int MoveCount { get; private set; }

    /// <summary>Whether its outcome is the refusal that it had before: it was not sent again.</summary>
    public bool IsStillRefused { get; private set; }

    /// <summary>It was sent before, and refused: unless its session has moved since, and nothing behind it was run, that is its outcome.</summary>
    public void NoteRefusal(ChannelPort port, int moveCount, in Outcome<CommandResult> refusal)
    {
        Port = port;
        MoveCount = moveCount;
        _refusal = refusal;
    }

    /// <summary>Awaits the outcome: that of the line once it is sent, or after its time that it was not run. Or its asker's giving up.</summary>
    /// <param name="limit">How long it may take from when it came until it is sent.</param>
    public async Task<Outcome<CommandResult>> WhenAnsweredAsync(TimeSpan limit)
    {
        TimeSpan left = limit - time.GetElapsedTime(sinceTimestamp);
        using ITimer timer = time.CreateTimer(
            static state => ((WaitingLine)state!).TimeOut(), this, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((WaitingLine)state!).TrySetCanceled(token), this);
        return await Task;
    }

    /// <summary>
    /// Has it run: it is on its way when this returns, so that the lines of a session keep their order. Called once it is in work; where nobody waits for it any more it
    /// is taken out of that.
    /// </summary>
    public void Send()
    {
        int moveCount = session.Moves.MoveCount;
        ChannelPort port = session.Owner ?? home;
        if (Interlocked.CompareExchange(ref _phase, Sent, Waits) != Waits || Task.IsCompleted)
        {
            session.Moves.Leave();
        }
        else if (_refusal is { } refusal && ((port == Port && moveCount == MoveCount) || session.Moves.IsOvertaken(Number)))
        {
            IsStillRefused = true;
            End(TrySetResult(refusal));
        }
        else
        {
            Port = port;
            MoveCount = moveCount;
            _ = PassOnAsync(port);
        }
    }

    private void TimeOut()
    {
        if (Interlocked.CompareExchange(ref _phase, TimedOut, Waits) == Waits)
        {
            TrySetResult(_refusal ?? new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.Overloaded });
        }
    }

    private async Task PassOnAsync(ChannelPort port)
    {
        bool isTold;
        try
        {
            isTold = TrySetResult(await port.RunAsync(session, text, span, time.GetElapsedTime(sinceTimestamp), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            TrySetCanceled(cancellationToken);
            isTold = false;
        }
#pragma warning disable CA1031 // It is told to whoever waits for the line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TrySetException(exception);
            isTold = false;
        }

        End(isTold);
    }

    private void End(bool isTold)
    {
        if (!isTold)
        {
            session.Moves.Leave();
        }
    }
}
