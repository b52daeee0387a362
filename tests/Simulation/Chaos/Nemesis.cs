using Faults.Checker.History;
using Simulation.Daemons;
using Simulation.Network;

namespace Simulation.Chaos;

/// <summary>Draws faults from the world's seed, and sees that each is over in time.</summary>
internal sealed class Nemesis(SimWorld world)
{
    private SimRandom _random = world.RandomFor(SimStream.Faults);
    private readonly Forger _forger = new(world);
    private int _open;
    private int _left = world.Settings.Faults;

    /// <summary>Until when faults begin.</summary>
    public long EndsNs { get; } = world.NowNs + world.Settings.FaultsForNs;

    /// <summary>Whether all are over.</summary>
    public bool IsDone => _open == 0 && _left == 0;

    public void Begin()
    {
        for (int i = world.Settings.Faults; i > 0; i--)
        {
            // Each fault is the same whatever was drawn for the others.
            SimRandom own = world.RandomFor(SimStream.Faults, i);
            world.Scheduler.After(own.Between(0, world.Settings.FaultsForNs), () =>
            {
                _left--;
                _random = own;
                Strike();
            });
        }
    }

    private void Strike()
    {
        SimDaemon daemon = _random.Chance(50) ? _random.Pick([.. world.Channels]) : _random.Pick([.. world.Daemons]);
        switch (_random.Below(9))
        {
            case 0:
                Kill(daemon);
                break;
            case 1:
                KillBehindSend(daemon);
                break;
            case 2:
                Pause(daemon);
                break;
            case 3:
                Stop(daemon);
                break;
            case 4:
                Remove();
                break;
            case 5:
                Stall();
                break;
            case 6:
                Crowd();
                break;
            default:
                // On the wires for C programs every frame that can be read is as good as any other.
                if (!world.Settings.IsForC)
                {
                    _forger.Forge();
                }

                break;
        }
    }

    private void Kill(SimDaemon daemon)
    {
        if (daemon.IsGone)
        {
            return;
        }

        Open($"kill {daemon}");
        daemon.Kill();
        Restart(daemon);
    }

    private void KillBehindSend(SimDaemon daemon)
    {
        if (!daemon.IsServing)
        {
            return;
        }

        Open($"kill {daemon} behind a send");
        daemon.KillBehindSend(1 + _random.Below(10));
        long endsNs = world.NowNs + (300 * SimScheduler.NsPerMs);
        When(() => daemon.IsGone || world.NowNs > endsNs, () =>
        {
            daemon.Kill();
            Restart(daemon);
        });
    }

    private void Pause(SimDaemon daemon)
    {
        if (!daemon.IsServing)
        {
            return;
        }

        Open($"pause {daemon}");
        daemon.Pause();
        world.Scheduler.After(Duration(longestMs: 2500), () =>
        {
            daemon.Resume();
            Close($"pause {daemon}");
        });
    }

    private void Stop(SimDaemon daemon)
    {
        if (!daemon.IsServing)
        {
            return;
        }

        Open($"stop {daemon}");
        daemon.Stop();
        long endsNs = world.NowNs + SimWorld.Seconds(5);
        When(() => daemon.IsGone || world.NowNs > endsNs, () =>
        {
            world.Expect(daemon.IsGone, $"{daemon} has not stopped within 5 s.");
            daemon.Kill();
            Restart(daemon);
        });
    }

    private void Remove()
    {
        Open("queues removed");
        foreach (SimQueue queue in world.Network.Queues)
        {
            if (_random.Chance(70))
            {
                world.Network.Remove(queue);
            }
        }

        // The transport's part of it is over when every daemon knows; that it does within a second is shown on real queues.
        When(() => world.Daemons.All(daemon => daemon.IsGone || daemon.Transport.SeesAll), () => Close("queues removed"));
    }

    private void Stall()
    {
        SimMailbox[] mailboxes = [.. world.Network.Read];
        if (mailboxes.Length == 0)
        {
            return;
        }

        SimMailbox mailbox = _random.Pick(mailboxes);
        Open($"stalled reader of {mailbox.Address}");
        mailbox.IsStalled = true;
        world.Scheduler.After(Duration(longestMs: 1000), () =>
        {
            mailbox.IsStalled = false;
            world.Network.DeliverAll();
            Close($"stalled reader of {mailbox.Address}");
        });
    }

    private void Crowd()
    {
        SimQueue queue = _random.Pick(world.Network.Queues);
        long bytes = _random.Between(1, world.Settings.QueueBytes);
        Open($"{bytes} foreign bytes in a queue");
        queue.ForeignBytes += bytes;
        world.Scheduler.After(Duration(longestMs: 1000), () =>
        {
            queue.ForeignBytes = Math.Max(0, queue.ForeignBytes - bytes);
            Close("foreign bytes in a queue");
        });
    }

    private void Restart(SimDaemon daemon) => world.Scheduler.After(Duration(longestMs: 1000), () =>
    {
        // Two faults may have ended it together.
        bool isNext = world.Daemons.Contains(daemon);
        if (isNext && daemon.Kind == DaemonKind.Chat)
        {
            world.StartChat(daemon.Instance);
        }
        else if (isNext)
        {
            world.StartChannel(daemon.Instance);
        }

        Close($"{daemon} was started again");
    });

    private void When(Func<bool> condition, Action action)
    {
        if (condition())
        {
            action();
        }
        else
        {
            world.Scheduler.After(SimScheduler.NsPerMs, () => When(condition, action));
        }
    }

    private long Duration(int longestMs) => _random.Between(0, _random.Pick([1, longestMs / 10, longestMs]) * SimScheduler.NsPerMs);

    private void Open(string fault)
    {
        _open++;
        world.Record(new FaultChanged(world.NowNs, fault, IsOver: false));
    }

    private void Close(string fault)
    {
        _open--;
        world.Record(new FaultChanged(world.NowNs, fault, IsOver: true));
    }
}
