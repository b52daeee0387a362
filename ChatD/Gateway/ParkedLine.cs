using System.Diagnostics;
using ChatD.Sessions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <summary>A line that waits for its channelD to be there again; its outcome is this task's.</summary>
/// <remarks>It ends on the thread that ends it, like a line that did not wait: so the answers of a session stay in order.</remarks>
internal sealed class ParkedLine : TaskCompletionSource<Outcome<CommandResult>>
{
    private readonly PlayerSession _session;
    private readonly string _text;
    private readonly Activity? _span;
    private readonly CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;

    /// <summary>Makes one that waits.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="text">The line.</param>
    /// <param name="span">Its span; null where it is not traced.</param>
    /// <param name="sinceTimestamp">Since when it waits, as a time stamp of the clock.</param>
    /// <param name="waitedBefore">How much of its time was over before that.</param>
    /// <param name="cancellationToken">Gives up; see <see cref="WatchCancellation"/>.</param>
    public ParkedLine(
        PlayerSession session, string text, Activity? span, long sinceTimestamp, TimeSpan waitedBefore, CancellationToken cancellationToken)
    {
        _session = session;
        _text = text;
        _span = span;
        _cancellationToken = cancellationToken;
        SinceTimestamp = sinceTimestamp;
        WaitedBefore = waitedBefore;
    }

    /// <summary>Sends a line; the time is what it has waited.</summary>
    public delegate ValueTask<Outcome<CommandResult>> Sender(
        PlayerSession session, string text, Activity? span, TimeSpan waited, CancellationToken cancellationToken);

    /// <summary>Since when it waits.</summary>
    public long SinceTimestamp { get; }

    /// <summary>How much of its time was over before that.</summary>
    public TimeSpan WaitedBefore { get; }

    /// <summary>Ends it when its asker gives up. Without a lock: that may be now.</summary>
    public void WatchCancellation()
    {
        _registration = _cancellationToken.UnsafeRegister(
            static (state, token) => ((ParkedLine)state!).TrySetCanceled(token), this);
        if (Task.IsCompleted)
        {
            _registration.Dispose();
        }
    }

    /// <summary>Ends it as surely not run.</summary>
    public void Refuse(string code)
    {
        _registration.Dispose();
        TrySetResult(new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = code });
    }

    /// <summary>Has it sent: it is on its way when this returns, so that the lines of a session keep their order.</summary>
    public void Send(Sender sender, TimeSpan waited)
    {
        // Whoever it is sent by watches for its asker's giving up from here on.
        _registration.Dispose();
        if (!Task.IsCompleted)
        {
            _ = PassOnAsync(sender, waited);
        }
    }

    private async Task PassOnAsync(Sender sender, TimeSpan waited)
    {
        try
        {
            TrySetResult(await sender(_session, _text, _span, waited, _cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            TrySetCanceled(_cancellationToken);
        }
#pragma warning disable CA1031 // It is told to whoever waits for the line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TrySetException(exception);
        }

        // Also where it was sent before it was being watched.
        _ = _registration.Unregister();
    }
}
