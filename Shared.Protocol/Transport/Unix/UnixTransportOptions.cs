using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Transport.Unix;

/// <summary>Where the sockets are, and who may be at the other end. Not changed after the transport was opened.</summary>
public sealed class UnixTransportOptions
{
    /// <summary>The folder of the sockets. It must be there, and only those may write in it that may be at the other end.</summary>
    public required string Folder { get; init; }

    /// <summary>What tells this pair's sockets from those of another in the same folder: the key of its request queue.</summary>
    public required int Key { get; init; }

    /// <summary>Further users that may be at the other end, besides the effective user of this process. Defaults to none.</summary>
    public IReadOnlyCollection<uint> AllowedUids { get; init; } = [];

    /// <summary>The effective group of a process that may be at the other end as well, where the daemons run as two users. Null (the default): none.</summary>
    public uint? GroupId { get; init; }

    /// <summary>Makes what each reading thread does while nothing is there. Defaults to sleep at once.</summary>
    public Func<IIdleStrategy> IdleStrategy { get; init; } = static () => BlockingIdleStrategy.Instance;

    /// <summary>
    /// The largest frame, in bytes. Defaults to 64 KiB, which is also the most: see <see cref="ITransport.Limits"/>.
    /// </summary>
    public int MaxFrameBytes { get; init; } = 64 * 1024;
}
