using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Transport.SysV;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// Looks a few times a second whether the files of the open rings are still in their place and whole, and whether the daemons' semaphore set still stands. One
/// background thread, mostly asleep.
/// </summary>
internal sealed class RingKeeper(int key, SysVMembership membership, Func<IEnumerable<(RingPort Port, bool HasReader)>> ports, ILogger logger)
{
    private const int CheckMs = 250;
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(2);

    private readonly LogThrottle _registerLog = new(TimeSpan.FromSeconds(10));
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStopping;

    internal void Start() => new Thread(Run) { IsBackground = true, Name = "ring-keep" }.Start();

    internal async Task StopAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        try
        {
            await _ended.Task.WaitAsync(s_stopDeadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It waits for the mutex, for a second at most, and touches nothing after.
        }
    }

    private void Run()
    {
        try
        {
            while (!IsOver())
            {
                _ = membership.Settle();
                TendRegistration();
                foreach ((RingPort port, bool hasReader) in ports())
                {
                    port.Tend(hasReader);
                }
            }
        }
#pragma warning disable CA1031 // A thread of ours must not end the process without a word; the frames go on without it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RingLog.KeeperFailed(logger, exception, key);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private bool IsOver()
    {
        lock (_gate)
        {
            return _isStopping || (Monitor.Wait(_gate, CheckMs) && _isStopping);
        }
    }

    private void TendRegistration()
    {
        if (membership.IsRegistered)
        {
            return;
        }

        try
        {
            membership.Rejoin();
            RingLog.Registered(logger, key);
        }
        catch (ResourceRefusedException refused)
        {
            if (_registerLog.TryPass(out long heldBack))
            {
                RingLog.NotRegistered(logger, key, refused.Message, heldBack);
            }
        }
    }
}
