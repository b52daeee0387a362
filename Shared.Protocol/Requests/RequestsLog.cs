using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>Log events 1100 to 1199.</summary>
internal static partial class RequestsLog
{
    [LoggerMessage(1100, LogLevel.Warning, "A request for {ReplyTo} could not be read: {Reason}. It was answered with the error malformed_request.")]
    public static partial void MalformedRequest(ILogger logger, Mailbox replyTo, string reason);

    [LoggerMessage(1101, LogLevel.Error, "The handler that makes a {Result} failed. The request was answered with the error internal.")]
    public static partial void HandlerFailed(ILogger logger, string result, Exception exception);
}
