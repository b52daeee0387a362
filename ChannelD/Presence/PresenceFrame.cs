using Shared.Protocol.Messages.Presence;

namespace ChannelD.Presence;

/// <summary>A frame on its way to one channelD. It is written when it is sent, and again when it is sent again: it says when that was.</summary>
/// <param name="number">Its number.</param>
/// <param name="flags">What it is.</param>
/// <param name="entries">Whom it tells of.</param>
internal sealed class PresenceFrame(ulong number, PresenceFlags flags, PresenceEntry[] entries)
{
    public ulong Number { get; } = number;

    public PresenceFlags Flags { get; } = flags;

    public PresenceEntry[] Entries { get; } = entries;

    /// <summary>Whether it was given to the transport, which may have refused it.</summary>
    public bool IsTried { get; set; }

    /// <summary>Whether the transport took it.</summary>
    public bool IsSent { get; set; }

    /// <summary>When that was, in nanoseconds of the monotonic clock.</summary>
    public long SentAtNs { get; set; }
}
