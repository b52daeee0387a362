using ChatD.Diagnostics;
using Shared.Protocol.Transport;

namespace ChatD.Gateway;

/// <summary>
/// The channelDs that this chatD knows: the home one always, and each other from the moment when it was first seen alive. Looks for them by
/// heartbeat. Safe on every thread.
/// </summary>
internal sealed class ChannelPorts : IDisposable
{
    private readonly PortServices _services;
    private readonly IPortListener _listener;
    private readonly ITimer _timer;

    // Guards the making of ports; read without it.
    private readonly Lock _gate = new();
    private readonly ChannelPort?[] _byInstance = new ChannelPort?[Mailbox.MaxInstance + 1];
    private volatile ChannelPort[] _all;
    private bool _isDisposed;
    private long _startedAt;
    private bool _hasMissedHome;

    /// <summary>Makes the home port; nothing is greeted before <see cref="Start"/>.</summary>
    /// <param name="services">What ports share. Not owned.</param>
    /// <param name="homeChannel">The number of the home channelD, from 1.</param>
    /// <param name="listener">Hears of all ports. Not owned.</param>
    public ChannelPorts(PortServices services, int homeChannel, IPortListener listener)
    {
        _services = services;
        _listener = listener;
        Home = new ChannelPort(services, homeChannel, listener);
        _byInstance[homeChannel - 1] = Home;
        _all = [Home];
        _timer = services.Time.CreateTimer(
            static state => ((ChannelPorts)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The channelD that runs every channel without one of its own.</summary>
    public ChannelPort Home { get; }

    /// <summary>All that were ever seen.</summary>
    public IReadOnlyList<ChannelPort> All => _all;

    /// <summary>Greets home, and whoever else is there, now and from now on.</summary>
    public void Start()
    {
        _startedAt = _services.Time.GetTimestamp();
        Home.Start();
        if (_services.Node.Codec.CarriesSessions)
        {
            // C programs know one channel.
            LookForAll();
            var period = TimeSpan.FromMilliseconds(_services.Node.Peers.HeartbeatMs);
            _timer.Change(period, period);
        }
    }

    /// <summary>
    /// Who runs a channel: its own channelD, if one was ever seen, also while that one is away; else home. So a channel never has two at once.
    /// </summary>
    public ChannelPort For(int channel) => LookFor(channel) ?? Home;

    /// <summary>The channelD of a channel; null where none was ever seen, and none is there now.</summary>
    public ChannelPort? LookFor(int channel)
    {
        int instance = channel - 1;
        if (instance is < 0 or > Mailbox.MaxInstance)
        {
            return null;
        }

        if (Volatile.Read(ref _byInstance[instance]) is { } known)
        {
            return known;
        }

        return _services.Node.Codec.CarriesSessions
            && _services.Node.Transport.IsPresent(new DaemonClaim(DaemonRole.ChannelD, instance)) == true
            ? Add(instance)
            : null;
    }

    /// <summary>The port of a channelD that has pushed something; null where none is known.</summary>
    public ChannelPort? Find(int channel)
    {
        int instance = channel - 1;
        return instance is < 0 or > Mailbox.MaxInstance ? null : Volatile.Read(ref _byInstance[instance]);
    }

    /// <summary>The port whose channelD's run has this generation; null where there is none.</summary>
    public ChannelPort? OfGeneration(ulong generation)
    {
        foreach (ChannelPort port in _all)
        {
            if (port.Link.ChannelGeneration == generation)
            {
                return port;
            }
        }

        return null;
    }

    /// <summary>Tells all that this chatD stops, and greets nobody any more.</summary>
    public void SayFarewell()
    {
        Stop();
        foreach (ChannelPort port in _all)
        {
            port.Link.SayFarewell();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        foreach (ChannelPort port in _all)
        {
            port.Dispose();
        }
    }

    private void Stop()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private ChannelPort? Add(int instance)
    {
        ChannelPort port;
        lock (_gate)
        {
            if (_byInstance[instance] is { } known)
            {
                return known;
            }

            if (_isDisposed)
            {
                return null;
            }

            port = new ChannelPort(_services, instance + 1, _listener);
            Volatile.Write(ref _byInstance[instance], port);
            _all = [.. _all, port];
        }

        ChatLog.ChannelSeen(_services.Logger, port.Channel);
        port.Start();
        return port;
    }

    private void OnTimer()
    {
        try
        {
            LookForAll();
            MissHome();
        }
        catch (ObjectDisposedException)
        {
            // The daemon stops: this call was under way when the timer was disposed, and the transport after it.
        }
#pragma warning disable CA1031 // A timer's thread has nobody to throw to, and the next heartbeat looks again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.LookFailed(_services.Logger, exception);
        }
    }

    // For the timer alone, whose calls come one after the other as a rule; said twice it would do no harm.
    private void MissHome()
    {
        if (!_hasMissedHome && Home.Epoch == 0 && _services.Time.GetElapsedTime(_startedAt) > TimeSpan.FromMilliseconds(_services.Node.Peers.LeaseMs))
        {
            _hasMissedHome = true;
            _listener.OnHomeMissing();
        }
    }

    private void LookForAll()
    {
        for (int channel = 1; channel <= Mailbox.MaxInstance + 1; channel++)
        {
            _ = LookFor(channel);
        }
    }
}
