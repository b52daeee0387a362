using Shared.Protocol.Hosting;

namespace Simulation;

/// <summary>What a world is like: drawn from its seed, so that many kinds are seen.</summary>
internal sealed record SimSettings
{
    private const long NsPerUs = 1000;

    public required IpcOptions Ipc { get; init; }

    public required int Chats { get; init; }

    public required int PlayersPerChat { get; init; }

    /// <summary>What each queue holds, in bytes.</summary>
    public required int QueueBytes { get; init; }

    /// <summary>How long a frame usually lies in its mailbox, in nanoseconds.</summary>
    public required long DelayNs { get; init; }

    public required int Faults { get; init; }

    /// <summary>For how long faults happen, in nanoseconds.</summary>
    public required long FaultsForNs { get; init; }

    /// <summary>How long a player waits between his deeds, in nanoseconds.</summary>
    public required long ThinkNs { get; init; }

    public static SimSettings Draw(SimRandom random)
    {
        int chats = 1 + random.Below(3);

        // Mostly quick ones: they show the same in less virtual time, which costs real time too.
        bool isDefault = random.Chance(5);
        int heartbeatMs = isDefault ? 500 : random.Pick([50, 100, 150]);
        var ipc = new IpcOptions
        {
            SingleQueue = random.Chance(30),
            ChatDaemons = chats,
            HeartbeatMs = heartbeatMs,
            LeaseMs = isDefault ? 3000 : heartbeatMs * (int)random.Between(3, 6),
            RequestTimeoutMs = isDefault ? 3000 : random.Pick([100, 200, 400]),
            MaxPending = random.Pick([4, 64, 4096]),
        };
        return new SimSettings
        {
            Ipc = ipc,
            Chats = chats,
            PlayersPerChat = 1 + random.Below(3),
            QueueBytes = random.Pick([2048, 4096, 16384, 65536]),
            DelayNs = random.Pick([2 * NsPerUs, 50 * NsPerUs, 1000 * NsPerUs, 3000 * NsPerUs]),
            Faults = 1 + random.Below(6),
            FaultsForNs = random.Between(200, 1000) * SimScheduler.NsPerMs,
            ThinkNs = random.Pick([5, 20, 60]) * SimScheduler.NsPerMs,
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Chats} chatDs with {PlayersPerChat} players each, {(Ipc.SingleQueue ? "one queue" : "two queues")} of {QueueBytes} bytes, "
        + $"delay {DelayNs / NsPerUs} us, timeout {Ipc.RequestTimeoutMs} ms, heartbeat {Ipc.HeartbeatMs} ms, lease {Ipc.LeaseMs} ms, "
        + $"{Ipc.MaxPending} pending, {Faults} faults in {FaultsForNs / SimScheduler.NsPerMs} ms";
}
