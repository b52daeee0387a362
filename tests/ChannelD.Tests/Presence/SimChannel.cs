using ChannelD.Directory;
using ChannelD.Gateway;
using ChannelD.Presence;
using ChannelD.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages;
using Shared.Protocol.Peers;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire.Codecs;
using ManualTime = Testing.Support.Time.ManualTime;

namespace ChannelD.Tests.Presence;

/// <summary>One run of a channelD: its directories and all that replicates them, real but for the queue and the time.</summary>
internal sealed class SimChannel : IFrameReceiver, IDisposable
{
    private readonly SimNet _net;
    private readonly SimTime _time;
    private readonly ControlDispatcher _control;

    public SimChannel(SimNet net, ManualTime time, int instance, long incarnation, ulong generation, PeerOptions options)
    {
        _net = net;
        _time = new SimTime(time);
        Clock = time;
        Instance = instance;
        Incarnation = incarnation;
        Generation = generation;
        Replicas = new ReplicaDirectory(_time);
        Own = new CharacterDirectory(_time, maxCharacters: 1_000_000, Replicas);
        World = new WorldDirectory(Own, Replicas, instance + 1);
        var notices = new PresenceNotices(Own, Replicas, [Seen], _time, NullLogger<PresenceNotices>.Instance);
        var codec = new MessagePackCodec();
        Presence = new ChannelPresence(
            new PresenceParts(Own, Replicas, notices, Events),
            new SimTransport(net, this),
            codec,
            instance + 1,
            generation,
            options,
            _time,
            NullLogger<ChannelPresence>.Instance);
        _control = new ControlDispatcher(codec, this, NullLogger<ControlDispatcher>.Instance);
        _control.Handle(MessageTypes.PresenceUpdate, Presence);
        _control.Handle(MessageTypes.PresenceAck, Presence);
    }

    public ManualTime Clock { get; }

    public int Instance { get; }

    public long Incarnation { get; }

    public ulong Generation { get; }

    public ReplicaDirectory Replicas { get; }

    public CharacterDirectory Own { get; }

    public WorldDirectory World { get; }

    public ChannelPresence Presence { get; }

    public RecordedEvents Events { get; } = new();

    public SeenPresence Seen { get; } = new();

    public bool IsThere { get; private set; }

    public bool IsRunning => IsThere && _time.IsRunning;

    /// <summary>When it last began to run or went on.</summary>
    public long RunsSinceNs { get; private set; }

    public void Start()
    {
        IsThere = true;
        RunsSinceNs = Clock.NowNs;
        Presence.Start();
        _net.Attach(this);
    }

    public void Receive(byte[] frame) => _control.OnFrame(frame);

    public void Stop()
    {
        Presence.SayFarewell();
        Kill();
    }

    public void Kill()
    {
        IsThere = false;
        _time.Stop(forGood: true);
        Presence.Dispose();
        _net.Detach(this);
    }

    public void Pause() => _time.Stop(forGood: false);

    public void Resume()
    {
        RunsSinceNs = Clock.NowNs;
        _time.Resume();
        _net.Flush(this);
    }

    public void Dispose()
    {
        Kill();
        _control.Dispose();
    }

    /// <summary>What is not presence.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame) => Assert.Fail("Only presence travels here.");

    public void OnReset()
    {
    }
}
