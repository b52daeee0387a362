using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Transport.SysV;

/// <summary>Stops the threads of a transport and gives up its place among the daemons, in at most 5 s.</summary>
internal sealed class SysVShutdown(SysVQueueKeeper keeper, SysVMailboxReader[] readers, SysVMembership membership, ILogger logger)
{
    private static readonly TimeSpan s_readersDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_keeperDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_lastChance = TimeSpan.FromMilliseconds(200);

    // How long a reader must be in one and the same msgrcv to count as asleep.
    private static readonly TimeSpan s_asleepAfter = TimeSpan.FromMilliseconds(2);

    internal async Task RunAsync()
    {
        keeper.RequestStop();
        foreach (SysVMailboxReader reader in readers)
        {
            reader.RequestStop();
        }

        // The keeper first: it must not look up what leaving removes, nor wake readers at the same time.
        await EndsWithinAsync(keeper.Ended, s_keeperDeadline);
        await Task.WhenAll(readers.Select(StopReaderAsync));
        await Task.Run(membership.LeaveAsync);

        // A queue that leaving removed woke who slept in it.
        foreach (SysVMailboxReader reader in readers)
        {
            if (!await EndsWithinAsync(reader.Ended, s_lastChance))
            {
                SysVLog.ReaderLeftBehind(logger, reader.Mailbox);
            }
        }
    }

    private static async Task StopReaderAsync(SysVMailboxReader reader)
    {
        using var deadline = new CancellationTokenSource(s_readersDeadline);
        while (!deadline.IsCancellationRequested)
        {
            long receives = reader.Receives;
            if (await EndsWithinAsync(reader.Ended, s_asleepAfter))
            {
                return;
            }

            // A queue that takes no message at all (its capacity set to 0, or full by number) refuses the wake for now. IPC_SET, which
            // wakes receivers too, lets them sleep again; a signal is not ours to send. So the thread may have to be left behind.
            if (reader.IsInReceive && reader.Receives == receives)
            {
                reader.TryWake();
            }
        }
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
