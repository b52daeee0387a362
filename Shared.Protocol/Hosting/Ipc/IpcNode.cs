using System.Globalization;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Hosting.Ipc;

/// <summary>
/// A daemon's place among the others: its transport, its wire, and the generation it has drawn. Made from <see cref="IpcOptions"/>;
/// the one place that knows which mechanism is in use. Owns the transport.
/// </summary>
public sealed class IpcNode : IAsyncDisposable
{
    // Two queues: a quarter stays free for greetings and for chatDs that were not counted. One queue: requests stay below half of it,
    // for results must always find room, and of that half the same quarter is kept free.
    private const int TwoQueuesNumerator = 6;
    private const int SingleQueueNumerator = 3;
    private const int WindowDenominator = 8;

    // Below this a window holds only some hundred commands, and a larger queue makes the pair faster.
    private const long SmallWindowBytes = 64 * 1024;

    // The shortest frame of a request: an envelope of small numbers, and a message of one.
    private const int MinRequestBytes = 16;

    // A slot takes some 20 bytes, whether it is used or not.
    private const int MaxSentRequests = 1 << 20;

    private readonly IpcOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private bool _startsInQuarantine;
    private NamespaceHandshake? _handshake;

    /// <summary>Makes a node of a transport that is open. Owns it from here on.</summary>
    public IpcNode(ITransport transport, IpcOptions options, ulong generation, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(generation);
        _options = options;
        _time = time;
        _loggers = loggers;
        Transport = transport;
        Codec = WireCodecs.For(options.Wire);
        Generation = generation;
        WindowBytes = transport.Limits.RequestCapacityBytes
            * (options.SingleQueue ? SingleQueueNumerator : TwoQueuesNumerator)
            / WindowDenominator
            / options.ChatDaemons;
        Peers = new PeerOptions { HeartbeatMs = options.HeartbeatMs, LeaseMs = options.LeaseMs, Watch = new PeerWatch() };
    }

    /// <summary>Carries the frames.</summary>
    public ITransport Transport { get; }

    /// <summary>The wire.</summary>
    public FrameCodec Codec { get; }

    /// <summary>The random number of this process, never 0.</summary>
    public ulong Generation { get; }

    /// <summary>The inode of this process's IPC namespace; 0 where it cannot be read.</summary>
    public ulong IpcNamespace { get; } = ReadIpcNamespace();

    /// <summary>How many bytes of unanswered requests a chatD may have in the queue.</summary>
    public long WindowBytes { get; }

    /// <summary>How the daemons tell each other that they live.</summary>
    public PeerOptions Peers { get; }

    /// <summary>The asking side that was made last; null where there is none.</summary>
    internal RequestClient? Client { get; private set; }

    /// <summary>The answering side that was made last; null where there is none.</summary>
    internal RequestServer? Server { get; private set; }

    /// <summary>Opens the queues, and draws a generation.</summary>
    /// <exception cref="ResourceRefusedException">They are another's, this daemon runs already, or its peer is in another IPC namespace.</exception>
    public static IpcNode Open(IpcOptions options, DaemonClaim claim, TimeProvider time, ILoggerFactory loggers)
    {
        // Before the queues: in the wrong namespace none are to be made.
        NamespaceHandshake handshake = NamespaceHandshake.Begin(options, claim, ReadIpcNamespace(), time, loggers.CreateLogger<IpcNode>());
        try
        {
            IpcNode node = OpenQueues(options, claim, time, loggers);
            node._handshake = handshake;
            return node;
        }
        catch
        {
            handshake.Dispose();
            throw;
        }
    }

    /// <summary>Makes the asking side. Owned by the caller, who has its mailbox read.</summary>
    /// <param name="replyTo">The mailbox that takes its results.</param>
    public RequestClient CreateClient(Mailbox replyTo) => Client = new RequestClient(
        Transport,
        Codec,
        replyTo,
        Generation,
        new RequestClientOptions
        {
            TimeoutMs = _options.RequestTimeoutMs,
            WindowBytes = WindowBytes,

            // Room for whatever may wait here and whatever may fill the window: those two bounds, which an operator sets, are the ones met.
            MaxInFlight = _options.MaxPending + (int)Math.Clamp(WindowBytes / MinRequestBytes, 1, MaxSentRequests),
            MaxPending = _options.MaxPending,
            MaxPendingBytes = _options.MaxPendingBytes,
            MaxResultBytes = _options.MaxResultBytes,
            StartsInQuarantine = _startsInQuarantine,
        },
        _time);

    /// <summary>Makes the answering side. Owned by the caller, who registers its handlers and has its mailbox read.</summary>
    /// <param name="fail">Is told when so many handlers hang that the process cannot go on; null leaves it at the log.</param>
    public RequestServer CreateServer(Action<Exception>? fail = null) => Server = new RequestServer(
        Transport,
        Codec,
        new RequestServerOptions { MaxResultBytes = _options.MaxResultBytes, HandlerTimeoutMs = _options.HandlerTimeoutMs },
        _time,
        _loggers.CreateLogger<RequestServer>(),
        fail);

    /// <summary>
    /// Whether this daemon's own way through the queue works: what is put into its mailbox comes to its reader. On the wires of C programs, which would take
    /// that for a message, only that the kernel knows the queue.
    /// </summary>
    /// <param name="own">The mailbox that it reads.</param>
    /// <param name="limit">How long that may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<bool> BeatAsync(Mailbox own, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            if (!Codec.CarriesSessions)
            {
                _ = Transport.GetDepth(own);
                return true;
            }

            return (Server is null || await Server.FindMailboxFaultAsync(limit, cancellationToken) is null)
                && (Client is null || await Client.FindMailboxFaultAsync(limit, cancellationToken) is null);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        _handshake?.Dispose();
    }

    private static IpcNode OpenQueues(IpcOptions options, DaemonClaim claim, TimeProvider time, ILoggerFactory loggers)
    {
        bool carriesSessions = WireCodecs.For(options.Wire).CarriesSessions;

        // Before it is opened: what shows now is others' doing.
        SysVPriorUse priorUse = SysVPriorUse.Read(options.RequestKey);
        ITransport transport = Mechanisms.Open(options, claim, carriesSessions, time, loggers);

        var node = new IpcNode(transport, options, DrawGeneration(), time, loggers);
        if (claim.Role == DaemonRole.ChatD
            && node.Codec.MaxRequestId == 0
            && priorUse.IsRecent(time.GetUtcNow(), TimeSpan.FromMilliseconds(RequestClientOptions.DefaultQuarantineMs)))
        {
            node._startsInQuarantine = true;
            HostingLog.StartsInQuarantine(
                loggers.CreateLogger<IpcNode>(), options.RequestKey, RequestClientOptions.DefaultQuarantineMs / 1000);
        }

        if (claim.Role == DaemonRole.ChatD && options.Transport == TransportKind.SysV && node.WindowBytes < SmallWindowBytes && options.QueueBytes == 0)
        {
            HostingLog.SmallWindow(loggers.CreateLogger<IpcNode>(), node.WindowBytes, node.Transport.Limits.RequestCapacityBytes);
        }

        return node;
    }

    private static ulong DrawGeneration()
    {
        ulong generation;
        do
        {
            generation = RandomNumber.Draw();
        }
        while (generation == 0);

        return generation;
    }

    private static ulong ReadIpcNamespace()
    {
        // The link reads "ipc:[4026531839]".
        string? target = new FileInfo("/proc/self/ns/ipc").LinkTarget;
        ReadOnlySpan<char> digits = target.AsSpan().Trim("ipc:[]");
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode) ? inode : 0;
    }
}
