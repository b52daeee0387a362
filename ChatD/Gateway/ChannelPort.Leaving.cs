using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Sessions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <content>
/// An orderly restart of the channelD. It says farewell, goes on answering until all that it was asked has ended, and is told so; what players
/// type from then on waits here for the next one, for a short time.
/// </content>
internal sealed partial class ChannelPort
{
    // Lines may wait so long, as a share of what a request may take: the rest is left for running them.
    private const double ParkedShare = 2 / 3.0;

    private static readonly TimeSpan s_leavingStep = TimeSpan.FromMilliseconds(10);

    private TimeSpan ParkedTime => ParkedShare * _services.RequestTime;

    private ValueTask<Outcome<CommandResult>> ParkAsync(
        PlayerSession session, string text, Activity? span, TimeSpan waited, CancellationToken cancellationToken)
    {
        if (_parked.TryPark(session, text, span, waited, cancellationToken) is not { } line)
        {
            // It has come back just now, and what was parked has been handed on; or there is no room.
            return IsReady && !_parked.IsParking
                ? SendAsync(session, text, span, waited, cancellationToken)
                : new ValueTask<Outcome<CommandResult>>(new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.PeerDown });
        }

        line.WatchCancellation();
        return new ValueTask<Outcome<CommandResult>>(line.Task);
    }

    /// <summary>Has the lines that wait sent, in their order.</summary>
    private void SendParked()
    {
        while (IsReady && _parked.TakeOrEnd() is { } line)
        {
            line.Send(SendAsync, _parked.AgeOf(line));
        }
    }

    private async Task LeaveAsync(ulong channelGeneration)
    {
        long beganAt = _services.Time.GetTimestamp();
        bool isAnswered = false;
        try
        {
            while (true)
            {
                TimeSpan elapsed = _services.Time.GetElapsedTime(beganAt);
                isAnswered = isAnswered
                    || elapsed > 2 * _services.RequestTime
                    || (Client.CountTo(_requests) == 0 && Link.TryAnswerFarewell(channelGeneration));
                _parked.RefuseOlder(ParkedTime);
                if (_isDown && elapsed > _services.RequestTime)
                {
                    // It does not come again so soon: whoever types something is told at once from now on.
                    _parked.End(OutcomeCodes.PeerDown);
                }

                if (isAnswered && !_parked.IsParking)
                {
                    return;
                }

                await Task.Delay(s_leavingStep, _services.Time, _services.StoppingToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // chatD stops.
        }
#pragma warning disable CA1031 // Nobody awaits this task: the fault is said here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _parked.End(OutcomeCodes.PeerDown);
            ChatLog.ChannelNotReady(_services.Logger, exception);
        }
    }
}
