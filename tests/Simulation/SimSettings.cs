using ChatD.Configuration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Wire;

namespace Simulation;

/// <summary>What a world is like: drawn from its seed, so that many kinds are seen.</summary>
internal sealed record SimSettings
{
    private const long NsPerUs = 1000;

    public required IpcOptions Ipc { get; init; }

    public required int Chats { get; init; }

    /// <summary>How many channelDs; each has the players of chatDs of its own.</summary>
    public required int Channels { get; init; }

    public required int PlayersPerChat { get; init; }

    /// <summary>Whether players come over connections, served by all of chatD; else they ask its gateway directly.</summary>
    public required bool HasConnections { get; init; }

    public required ChatOptions Chat { get; init; }

    /// <summary>How long bytes are usually under way between a client and chatD, in nanoseconds.</summary>
    public required long LatencyNs { get; init; }

    /// <summary>
    /// What is granted to clients, who see the end of a line when they are back, in nanoseconds: they give up some seconds after the loss of a
    /// connection, and lose it again.
    /// </summary>
    public long ClientSlackNs => HasConnections ? 30_000 * SimScheduler.NsPerMs : 0;

    /// <summary>What each queue holds, in bytes.</summary>
    public required int QueueBytes { get; init; }

    /// <summary>How long a frame usually lies in its mailbox, in nanoseconds.</summary>
    public required long DelayNs { get; init; }

    public required int Faults { get; init; }

    /// <summary>For how long faults happen, in nanoseconds.</summary>
    public required long FaultsForNs { get; init; }

    /// <summary>How long a player waits between his deeds, in nanoseconds.</summary>
    public required long ThinkNs { get; init; }

    /// <summary>
    /// Whether the wire is one for C programs: no sessions and no heartbeats, so the channel knows nobody; no deadline, so what has waited long is
    /// run all the same.
    /// </summary>
    public bool IsForC => Ipc.Wire != WireFormat.MessagePack;

    public static SimSettings Draw(SimRandom random)
    {
        WireFormat wire = random.Chance(80) ? WireFormat.MessagePack : random.Pick([WireFormat.Text, WireFormat.Struct]);
        bool isForC = wire != WireFormat.MessagePack;

        // On the wires for C programs there is one chatD.
        int chats = isForC ? 1 : 1 + random.Below(3);

        // Mostly quick ones: they show the same in less virtual time, which costs real time too.
        bool isDefault = random.Chance(5);
        int heartbeatMs = isDefault ? 500 : random.Pick([50, 100, 150]);
        var ipc = new IpcOptions
        {
            Wire = wire,
            SingleQueue = wire == WireFormat.Text || random.Chance(30),
            ChatDaemons = chats,
            HeartbeatMs = heartbeatMs,
            LeaseMs = isDefault ? 3000 : heartbeatMs * (int)random.Between(3, 6),
            RequestTimeoutMs = isDefault ? 3000 : random.Pick([100, 200, 400]),
            MaxPending = random.Pick([4, 64, 4096]),
        };
        int channels = chats > 1 && random.Chance(20) ? 2 + (chats % 2) : 1;
        return new SimSettings
        {
            Ipc = ipc,
            Chats = chats,
            Channels = channels,
            PlayersPerChat = 1 + random.Below(isForC ? 6 : 3),

            // The greetings of each to each alone would fill the smallest.
            QueueBytes = Math.Max(random.Pick([2048, 4096, 16384, 65536]), channels > 1 ? 4096 : 0),
            DelayNs = random.Pick([2 * NsPerUs, 50 * NsPerUs, 1000 * NsPerUs, 3000 * NsPerUs]),
            Faults = 1 + random.Below(6),
            FaultsForNs = random.Between(200, 1000) * SimScheduler.NsPerMs,
            HasConnections = random.Chance(50),
            Chat = DrawChat(random),
            LatencyNs = random.Pick([10 * NsPerUs, 300 * NsPerUs, 10_000 * NsPerUs]),
            ThinkNs = random.Pick([5, 20, 60]) * SimScheduler.NsPerMs,
        };
    }

    private static ChatOptions DrawChat(SimRandom random) => new()
    {
        LogInTimeoutMs = 2000,
        FrameTimeoutMs = 1000,
        PingAfterMs = 1000,
        DeadAfterMs = 2500,
        MaxInFlightPerPlayer = random.Pick([4, 64]),
        MaxBufferedBytesPerPlayer = random.Pick([256, 8192, 262_144]),
        WriteTimeoutMs = random.Pick([300, 5000]),
        ResumeWindowMs = random.Pick([0, 50, 400, 1500, 1500]),
    };

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Ipc.Wire} wire, {Channels} channelDs, {Chats} chatDs with {PlayersPerChat} players each, {(Ipc.SingleQueue ? "one queue" : "two queues")} of {QueueBytes} bytes, "
        + $"delay {DelayNs / NsPerUs} us, timeout {Ipc.RequestTimeoutMs} ms, heartbeat {Ipc.HeartbeatMs} ms, lease {Ipc.LeaseMs} ms, "
        + $"{Ipc.MaxPending} pending, {(HasConnections ? $"connections of {LatencyNs / NsPerUs} us with a window of {Chat.ResumeWindowMs} ms" : "no connections")}, {Faults} faults in {FaultsForNs / SimScheduler.NsPerMs} ms";
}
