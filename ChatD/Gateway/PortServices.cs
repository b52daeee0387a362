using ChatD.Sessions;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <summary>What all channelDs' ports share. The gateway owns it.</summary>
/// <param name="Node">This chatD's place among the daemons.</param>
/// <param name="Client">Asks, whichever channelD.</param>
/// <param name="ChatInstance">This chatD's number.</param>
/// <param name="RequestTime">How long a request may take; what is older is not run any more.</param>
/// <param name="MaxParkedLines">How many lines may wait for a channelD that restarts.</param>
/// <param name="Sessions">All sessions of this chatD.</param>
/// <param name="Time">Where the time of all pauses comes from.</param>
/// <param name="Loggers">Makes the links' loggers.</param>
/// <param name="Logger">Takes what an operator should know.</param>
/// <param name="StoppingToken">Cancelled when the players have gone.</param>
/// <param name="LeavingToken">Cancelled when chatD begins to stop: its farewell ends all sessions, so none is logged out on its own.</param>
internal sealed record PortServices(
    IpcNode Node,
    RequestClient Client,
    int ChatInstance,
    TimeSpan RequestTime,
    int MaxParkedLines,
    SessionRegistry Sessions,
    TimeProvider Time,
    ILoggerFactory Loggers,
    ILogger Logger,
    CancellationToken StoppingToken,
    CancellationToken LeavingToken);
