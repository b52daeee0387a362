using System.Diagnostics;
using ChatD.Gateway;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChatD.Sessions;

/// <summary>A line that waits until its session has moved; its outcome is this task's.</summary>
/// <param name="text">The line.</param>
/// <param name="span">Its span; null where it is not traced.</param>
/// <param name="time">The clock.</param>
/// <param name="sinceTimestamp">When it came, as a time stamp of the clock: its time runs while it waits.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class WaitingLine(string text, Activity? span, TimeProvider time, long sinceTimestamp, CancellationToken cancellationToken)
    : TaskCompletionSource<Outcome<CommandResult>>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Whom it was asked of; null before.</summary>
    public ChannelPort? Port { get; private set; }

    /// <summary>Awaits the outcome, or its asker's giving up.</summary>
    public async Task<Outcome<CommandResult>> WhenAnsweredAsync()
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((WaitingLine)state!).TrySetCanceled(token), this);
        return await Task;
    }

    /// <summary>Has it run: it is on its way when this returns, so that the lines of a session keep their order.</summary>
    public void SendTo(ChannelPort port, PlayerSession session)
    {
        if (Task.IsCompleted)
        {
            return;
        }

        Port = port;
        _ = PassOnAsync(port, session);
    }

    private async Task PassOnAsync(ChannelPort port, PlayerSession session)
    {
        try
        {
            TrySetResult(await port.RunAsync(session, text, span, time.GetElapsedTime(sinceTimestamp), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            TrySetCanceled(cancellationToken);
        }
#pragma warning disable CA1031 // It is told to whoever waits for the line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TrySetException(exception);
        }
    }
}
