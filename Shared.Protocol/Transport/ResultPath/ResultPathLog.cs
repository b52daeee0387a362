using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Transport.ResultPath;

/// <summary>What an operator is told of the way that results take. Event ids 1090 to 1099; an id is never used for something else.</summary>
internal static partial class ResultPathLog
{
    [LoggerMessage(1090, LogLevel.Information, "Results for {Mailbox} go over {Way:l} from here on")]
    internal static partial void Way(ILogger logger, Mailbox mailbox, string way);

    [LoggerMessage(1091, LogLevel.Warning, "Results for {Mailbox} come over the queue only: {Reason:l}")]
    internal static partial void NoSocket(ILogger logger, Mailbox mailbox, string reason);
}
