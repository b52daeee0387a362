using System.ComponentModel.DataAnnotations;
using Shared.Protocol.Hosting.Settings;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;
using Shared.Protocol.Transport.Ring;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Hosting;

/// <summary>How chatD and channelD reach each other (section <c>Ipc</c>). Both daemons of a pair need the same keys, wire and mode.</summary>
public sealed class IpcOptions : IValidatableObject
{
    /// <summary>The section these options are bound from.</summary>
    public const string Section = "Ipc";

    /// <summary>The key of the queue that carries requests to channelD. Defaults to 1234, the key of the C programs of this shape.</summary>
    // Key 0 is IPC_PRIVATE, and the default result key is one more and has to be a positive int too.
    [Range(1, int.MaxValue - 1)]
    public int RequestKey { get; set; } = 1234;

    /// <summary>The key of the queue that carries results, events and control messages. Defaults to none: <see cref="RequestKey"/> + 1.</summary>
    [Range(1, int.MaxValue)]
    public int? ResultKey { get; set; }

    /// <summary>Whether one queue, on <see cref="RequestKey"/>, carries both directions, as C programs of the old shape want. Defaults to false.</summary>
    public bool SingleQueue { get; set; }

    /// <summary>
    /// What carries the frames: sysv for message queues, ring for rings in shared memory, for daemons on the MessagePack wire. Defaults to sysv.
    /// </summary>
    public TransportKind Transport { get; set; } = TransportKind.SysV;

    /// <summary>The bytes of each mailbox with <see cref="Transport"/> ring, a power of two. Defaults to 1,048,576 bytes (1 MiB).</summary>
    [Range(64 * 1024, 32 * 1024 * 1024)]
    public int RingBytes { get; set; } = 1024 * 1024;

    /// <summary>The folder of the rings' files: memory, and the same for both daemons. Defaults to /dev/shm.</summary>
    public string RingFolder { get; set; } = RingTransportOptions.DefaultFolder;

    /// <summary>
    /// How long a reading thread looks for the next frame before it sleeps, in microseconds; 0 to sleep at once. Defaults to none: 20 µs, and with fewer than
    /// four processors only while several requests are under way.
    /// </summary>
    [Range(0, 100_000)]
    public int? SpinUs { get; set; }

    /// <summary>How frames are written. Defaults to msgpack. The text wire needs <see cref="SingleQueue"/>.</summary>
    public WireFormat Wire { get; set; } = WireFormat.MessagePack;

    /// <summary>
    /// Which way results take. Defaults to socket: a Unix socket where both daemons can, else the queue. Results of the text and struct wires always
    /// take the queue, and with <see cref="Transport"/> ring all take the ring.
    /// </summary>
    public ResultPathKind ResultPath { get; set; } = ResultPathKind.Socket;

    /// <summary>The wanted msg_qbytes of each queue, in bytes. Defaults to 0: as the kernel gives it (kernel.msgmnb).</summary>
    // Below 2048 the credit window does not hold one full text frame in each direction.
    [ZeroOrRange(2048, 1024 * 1024 * 1024)]
    public int QueueBytes { get; set; }

    /// <summary>The permission bits of a queue, in octal: 0600 for one user, 0660 for one group. Defaults to 0600.</summary>
    [AllowedValues("0600", "0660")]
    public string Mode { get; set; } = "0600";

    /// <summary>The group (a number or a name) that owns the queues when <see cref="Mode"/> is 0660. Defaults to none: the group of the process.</summary>
    public string? Group { get; set; }

    /// <summary>
    /// The user (a number or a name) that the other daemon runs as, where it is another one: what that one made is used as if it were this
    /// one's. Defaults to none: both run as one user.
    /// </summary>
    public string? PeerUser { get; set; }

    /// <summary>The deadline of a request, in milliseconds; at it the outcome is <c>Unknown</c>. Defaults to 3,000 ms.</summary>
    [Range(50, 60_000)]
    public int RequestTimeoutMs { get; set; } = 3000;

    /// <summary>How long a command may run in channelD, in milliseconds; then its answer is <c>Error(handler_timeout)</c>. Defaults to 2,000 ms.</summary>
    // The least leaves a look-up room for a pause of the collector or a processor that is shared.
    [Range(50, 60_000)]
    public int HandlerTimeoutMs { get; set; } = 2000;

    /// <summary>The largest result, in bytes; above it the outcome is <c>Error(too_large)</c>. Defaults to 1,048,576 (1 MiB).</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxResultBytes { get; set; } = 1024 * 1024;

    /// <summary>How many requests may wait locally for room in the queue before the outcome is <c>Busy</c>; one player's at most half of it. Defaults to 16,384 requests.</summary>
    [Range(1, 1_000_000)]
    public int MaxPending { get; set; } = 16_384;

    /// <summary>How many bytes of requests may wait locally before the outcome is <c>Busy</c>. Defaults to 4,194,304 (4 MiB).</summary>
    // The least is kernel.msgmax by default: one largest frame has to fit.
    [Range(8192, 1024 * 1024 * 1024)]
    public int MaxPendingBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How often a chatD shows its channelD that it lives, and a channelD the others, in milliseconds. Defaults to 500 ms.</summary>
    [Range(50, 10_000)]
    public int HeartbeatMs { get; set; } = 500;

    /// <summary>After how long a silence the other daemon counts as gone, in milliseconds; at least three heartbeats. Defaults to 3,000 ms.</summary>
    [Range(200, 60_000)]
    public int LeaseMs { get; set; } = 3000;

    /// <summary>How many chatDs share the request queue: each may fill that part of it. Defaults to 1.</summary>
    [Range(1, 256)]
    public int ChatDaemons { get; set; } = 1;

    /// <summary>
    /// The folder where daemons tell of themselves, so that those in different IPC namespaces notice, and of the sockets of results. Defaults to none: the first that can
    /// be used of <c>/run/gameservers</c>, <c>$XDG_RUNTIME_DIR/gameservers</c> and <c>/tmp/gameservers-UID</c>.
    /// </summary>
    public string? RuntimeFolder { get; set; }

    /// <summary>The key results travel on: that of the requests with one queue, else <see cref="ResultKey"/> or its default.</summary>
    public int EffectiveResultKey => SingleQueue ? RequestKey : ResultKey ?? RequestKey + 1;

    /// <summary><see cref="Mode"/> as a number, e.g. 0x180 for 0600.</summary>
    public int ModeBits => Convert.ToInt32(Mode, 8);

    /// <summary>The number of the group that owns the queues: <see cref="Group"/>, or that of the process; null with mode 0600.</summary>
    public uint? GroupId => Group is not null ? AccountNames.FindGroup(Group) : Mode == "0660" ? Unistd.getegid() : null;

    /// <summary>The number of <see cref="PeerUser"/>, or null where none is set.</summary>
    public uint? PeerUserId => PeerUser is null ? null : AccountNames.FindUser(PeerUser);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SingleQueue && ResultKey == RequestKey)
        {
            yield return new ValidationResult(
                $"two queues need two keys. Give another {Section}:{nameof(ResultKey)}, or {Section}:{nameof(SingleQueue)}=true for one queue.",
                [nameof(RequestKey), nameof(ResultKey)]);
        }

        if (SingleQueue && ResultKey is not null && ResultKey != RequestKey)
        {
            yield return new ValidationResult(
                $"one queue has one key. Leave {Section}:{nameof(ResultKey)} out, or set {Section}:{nameof(SingleQueue)}=false.",
                [nameof(SingleQueue), nameof(RequestKey), nameof(ResultKey)]);
        }

        if (Wire == WireFormat.Text && !SingleQueue)
        {
            yield return new ValidationResult(
                $"the text wire is spoken on one queue. Set {Section}:{nameof(SingleQueue)}=true.",
                [nameof(Wire), nameof(SingleQueue)]);
        }

        if (Transport == TransportKind.Ring && (SingleQueue || Wire != WireFormat.MessagePack))
        {
            yield return new ValidationResult(
                $"C programs of the text and struct wires speak over queues, and rings have no single one. Set {Section}:{nameof(Transport)}=sysv, or {Section}:{nameof(Wire)}=msgpack and {Section}:{nameof(SingleQueue)}=false.",
                [nameof(Transport), nameof(Wire), nameof(SingleQueue)]);
        }

        if (!System.Numerics.BitOperations.IsPow2(RingBytes))
        {
            yield return new ValidationResult(
                $"the bytes of a ring must be a power of two, such as {System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(RingBytes, 1))}.",
                [nameof(RingBytes)]);
        }

        if (!Path.IsPathRooted(RingFolder))
        {
            yield return new ValidationResult(
                "both daemons must find the same folder, so it must be a full path, such as /dev/shm.",
                [nameof(RingFolder)]);
        }

        if (LeaseMs < 3 * HeartbeatMs)
        {
            yield return new ValidationResult(
                $"a lease must outlast three heartbeats ({3 * HeartbeatMs} ms), or a busy moment looks like a death.",
                [nameof(LeaseMs), nameof(HeartbeatMs)]);
        }

        if (Group is not null && Mode == "0600")
        {
            yield return new ValidationResult(
                $"mode 0600 gives a group nothing. Set {Section}:{nameof(Mode)}=0660, or leave {Section}:{nameof(Group)} out.",
                [nameof(Mode), nameof(Group)]);
        }
        else if (Group is not null && AccountNames.FindGroup(Group) is null)
        {
            yield return new ValidationResult("there is no such group on this host (/etc/group), and it is not a number.", [nameof(Group)]);
        }

        if (PeerUser is not null && Mode == "0600")
        {
            yield return new ValidationResult(
                $"mode 0600 gives another user nothing. Set {Section}:{nameof(Mode)}=0660 and {Section}:{nameof(Group)} to a group of both.",
                [nameof(Mode), nameof(PeerUser)]);
        }
        else if (PeerUser is not null && AccountNames.FindUser(PeerUser) is null)
        {
            yield return new ValidationResult("there is no such user on this host (/etc/passwd), and it is not a number.", [nameof(PeerUser)]);
        }
    }
}
