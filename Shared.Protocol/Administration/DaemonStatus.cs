namespace Shared.Protocol.Administration;

/// <summary>What a daemon tells of itself.</summary>
public sealed record DaemonStatus
{
    /// <summary>Its name: <c>chatD</c> or <c>channelD</c>.</summary>
    public required string Daemon { get; init; }

    /// <summary>Its number among those of its kind, from 0; a channelD's is its channel − 1.</summary>
    public required int Instance { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Its process, as it sees itself.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The host or container it runs in.</summary>
    public required string Host { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it has run, in milliseconds of the monotonic clock.</summary>
    public required long UptimeMs { get; init; }

    /// <summary>One of <see cref="DaemonStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Whether it can do its work.</summary>
    public required bool Ready { get; init; }

    /// <summary>What keeps it from that; empty when it is ready.</summary>
    public required IReadOnlyList<StatusFault> NotReady { get; init; }

    /// <summary>The random number of its run, in hexadecimal; null before it has opened its queues.</summary>
    public string? Generation { get; init; }

    /// <summary>Its queues; null before it has opened them.</summary>
    public IpcStatus? Ipc { get; init; }

    /// <summary>The other daemons that it knows of, in order.</summary>
    public IReadOnlyList<PeerStatus> Peers { get; init; } = [];

    /// <summary>What only a chatD has.</summary>
    public ChatStatus? Chat { get; init; }

    /// <summary>What only a channelD has.</summary>
    public ChannelStatus? Channel { get; init; }
}
