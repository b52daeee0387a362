using ChatD.Configuration;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Sessions;
using Microsoft.Extensions.Options;

namespace ChatD.Connections;

/// <summary>What all connections share.</summary>
internal sealed class PlayerServices(
    IOptions<ChatOptions> options,
    ChannelGateway gateway,
    SessionRegistry sessions,
    ConnectionWatch watch,
    ChatMetrics metrics,
    ILogger<PlayerConnection> logger)
{
    /// <summary>The bounds of a connection.</summary>
    public ChatOptions Options { get; } = options.Value;

    /// <summary>The way to the channel.</summary>
    public ChannelGateway Gateway { get; } = gateway;

    /// <summary>All sessions.</summary>
    public SessionRegistry Sessions { get; } = sessions;

    /// <summary>Looks after deadlines.</summary>
    public ConnectionWatch Watch { get; } = watch;

    /// <summary>Counts.</summary>
    public ChatMetrics Metrics { get; } = metrics;

    /// <summary>Takes what an operator should know.</summary>
    public ILogger Logger { get; } = logger;
}
