using System.Collections.Concurrent;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Sessions;

namespace ChatD.Transfers;

/// <summary>
/// A channelD has come up while sessions of its channel are with another, mostly the home one: brings them to it, a few at a time, and those that it refuses again
/// later, at ever longer intervals. Safe on every thread.
/// </summary>
/// <param name="mover">Moves sessions.</param>
/// <param name="services">What the gateway shares. Not owned.</param>
internal sealed class Homecomings(SessionMover mover, PortServices services)
{
    // Few enough to leave the queue to the players; a thousand sessions take some hundred milliseconds.
    private const int MovedAtOnce = 8;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    // How often each was asked for since it last came to its end.
    private readonly ConcurrentDictionary<ChannelPort, int> _wanted = new();

    /// <summary>Begins to bring the sessions of a channel to its own channelD, unless that is under way; then it looks once more.</summary>
    public void Begin(ChannelPort own)
    {
        if (_wanted.AddOrUpdate(own, 1, static (_, count) => count + 1) == 1)
        {
            _ = RunAsync(own);
        }
    }

    private async Task RunAsync(ChannelPort own)
    {
        int seen;
        do
        {
            seen = _wanted[own];
            try
            {
                await BringAllAsync(own);
            }
            catch (OperationCanceledException)
            {
                // chatD stops.
                return;
            }
#pragma warning disable CA1031 // Nobody awaits this task: the fault is said here or nowhere.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ChatLog.HomecomingFailed(services.Logger, own.Channel, exception);
            }
        }
        while (!_wanted.TryRemove(new KeyValuePair<ChannelPort, int>(own, seen)));
    }

    private async Task BringAllAsync(ChannelPort own)
    {
        TimeSpan pause = s_firstPause;
        while (own.IsReady)
        {
            int moved = 0;
            int left = 0;
            foreach (PlayerSession[] sessions in Strangers(own).Chunk(MovedAtOnce))
            {
                services.LeavingToken.ThrowIfCancellationRequested();
                bool[] done = await Task.WhenAll(sessions.Select(session => mover.BringHomeAsync(session, own)));
                moved += done.Count(isDone => isDone);
                left += done.Count(isDone => !isDone);
            }

            if (moved > 0)
            {
                ChatLog.BroughtHome(services.Logger, moved, own.Channel, left);
            }

            if (left == 0)
            {
                return;
            }

            await Task.Delay(pause, services.Time, services.LeavingToken);
            pause = pause < s_longestPause ? 2 * pause : s_longestPause;
        }
    }

    private IEnumerable<PlayerSession> Strangers(ChannelPort own) =>
        services.Sessions.InGame.Where(session => session.HasEntered && session.Channel == own.Channel && session.Owner != own);
}
