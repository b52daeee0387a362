using Faults.Checker.History;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Wire.Codecs;
using Simulation.Network;
using Testing.Support.Time;

namespace Simulation.Daemons;

/// <summary>One run of a daemon: the product's own objects, on a clock and a transport of its own. Killed, nothing calls them any more.</summary>
internal abstract class SimDaemon
{
    private int _sendsUntilDeath;

    protected SimDaemon(SimWorld world, DaemonKind kind, int instance)
    {
        World = world;
        Kind = kind;
        Instance = instance;
        Number = world.NextStart();
        Generation = world.RandomFor(SimStream.Generations, Number).Next() | 1;
        Context = new DaemonContext(this);
        Time = new ManualTime();
        Time.JumpTo(world.NowNs);
        Transport = world.Network.Open(this);
        Node = new IpcNode(Transport, world.Settings.Ipc, Generation, Time, NullLoggerFactory.Instance);
    }

    public SimWorld World { get; }

    public DaemonKind Kind { get; }

    public int Instance { get; }

    public ulong Generation { get; }

    /// <summary>Which start of a daemon this is, from 1.</summary>
    public long Number { get; }

    /// <summary>Its other threads.</summary>
    public DaemonContext Context { get; }

    public ManualTime Time { get; }

    public SimTransport Transport { get; }

    /// <summary>Whether it was killed or has stopped.</summary>
    public bool IsGone { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>Whether it is on its way out by itself.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Whether its threads run.</summary>
    public bool IsRunning => !IsGone && !IsPaused;

    /// <summary>Whether it can be talked to.</summary>
    public bool IsServing => IsRunning && !IsStopping;

    /// <summary>How many requests it has not ended.</summary>
    public abstract int Unended { get; }

    /// <summary>The wire.</summary>
    public FrameCodec Codec => Node.Codec;

    protected IpcNode Node { get; }

    /// <summary>Brings its clock to the world's, firing what is due; before anything else is called in it.</summary>
    /// <returns>To be disposed of when nothing more is called in it.</returns>
    public DaemonScope Enter()
    {
        var scope = new DaemonScope(Context);
        Time.AdvanceTo(World.NowNs);
        return scope;
    }

    public void Start()
    {
        World.Scheduler.Add(this);
        World.Record(new ProcessChanged(World.NowNs, Kind, Instance, Generation, ProcessChange.Started));
        using DaemonScope scope = Enter();
        Begin();
    }

    /// <summary>Kills it now.</summary>
    public void Kill()
    {
        if (IsGone)
        {
            return;
        }

        World.Network.Kill(Transport);
        World.Counts.Kills++;
        Leave(ProcessChange.Killed);
    }

    /// <summary>Kills it in the middle of its work: right behind the send of a frame.</summary>
    public void KillBehindSend(int sends) => _sendsUntilDeath = sends;

    public void OnSent()
    {
        if (_sendsUntilDeath > 0 && --_sendsUntilDeath == 0)
        {
            Kill();
        }
    }

    public void Pause()
    {
        IsPaused = true;
        World.Record(new ProcessChanged(World.NowNs, Kind, Instance, Generation, ProcessChange.Paused));
    }

    public void Resume()
    {
        if (IsGone || !IsPaused)
        {
            return;
        }

        // Nothing of it has run meanwhile: what became due fires once, now.
        Time.JumpTo(World.NowNs);
        IsPaused = false;
        World.Record(new ProcessChanged(World.NowNs, Kind, Instance, Generation, ProcessChange.Resumed));
        Context.OnResumed();
        World.Network.DeliverAll();
    }

    /// <summary>Stops it as SIGTERM does.</summary>
    public void Stop()
    {
        using DaemonScope scope = Enter();
        IsStopping = true;
        OnStop();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == DaemonKind.Chat ? "chatD" : "channelD")} {Instance} ({Generation & 0xFFFF:x4})";

    protected abstract void Begin();

    protected abstract void OnStop();

    /// <summary>Whatever stood on it falls.</summary>
    protected virtual void OnGone()
    {
    }

    protected void Leave(ProcessChange how)
    {
        if (IsGone)
        {
            return;
        }

        World.Record(new ProcessChanged(World.NowNs, Kind, Instance, Generation, how));
        IsGone = true;
        World.Scheduler.Remove(this);
        World.Network.Detach(Transport);
        OnGone();
    }
}
