using ChatD.Configuration;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Sessions;
using ChatD.Stays;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;

namespace ChatD.Connections;

/// <summary>What all connections share.</summary>
internal sealed class PlayerServices(
    IOptions<ChatOptions> options,
    ChannelGateway gateway,
    SessionRegistry sessions,
    StayRegistry stays,
    LogInAdmission admission,
    ConnectionWatch watch,
    ChatMetrics metrics,
    LineTracing tracing,
    LogInTracing logInTracing,
    DrainSwitch drain,
    TimeProvider time,
    ILogger<PlayerConnection> logger)
{
    // The other half of the processors reads: players and results.
    private readonly BurstWrites[] _burstWrites = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(static _ => new BurstWrites())];
    private uint _connections;

    /// <summary>The bounds of a connection.</summary>
    public ChatOptions Options { get; } = options.Value;

    /// <summary>The way to the channel.</summary>
    public ChannelGateway Gateway { get; } = gateway;

    /// <summary>All sessions.</summary>
    public SessionRegistry Sessions { get; } = sessions;

    /// <summary>Those that can be resumed.</summary>
    public StayRegistry Stays { get; } = stays;

    /// <summary>Bounds those that are not logged in.</summary>
    public LogInAdmission Admission { get; } = admission;

    /// <summary>Looks after deadlines.</summary>
    public ConnectionWatch Watch { get; } = watch;

    /// <summary>Counts.</summary>
    public ChatMetrics Metrics { get; } = metrics;

    /// <summary>Traces lines.</summary>
    public LineTracing Tracing { get; } = tracing;

    /// <summary>Traces log-ins.</summary>
    public LogInTracing LogInTracing { get; } = logInTracing;

    /// <summary>Whether nobody is let in who is not there yet.</summary>
    public DrainSwitch Drain { get; } = drain;

    /// <summary>Where the time of all deadlines comes from.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Takes what an operator should know.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Who writes to a further player what a burst leaves: they are given in turn.</summary>
    public BurstWrites NextBurstWrites() => _burstWrites[Interlocked.Increment(ref _connections) % (uint)_burstWrites.Length];
}
