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

    [LoggerMessage(
        1102,
        LogLevel.Error,
        "The handler of a request of type {TypeNumber} has not returned within {TimeoutMs} ms. The request was answered with the error handler_timeout, and the mailbox is taken from its thread; {StuckThreads} threads are lost that way at present.")]
    public static partial void HandlerStuck(ILogger logger, int typeNumber, int timeoutMs, int stuckThreads);

    [LoggerMessage(
        1103,
        LogLevel.Warning,
        "{Count} requests, the last of type {TypeNumber}, were answered with the error handler_timeout, for their handlers waited longer than {TimeoutMs} ms; {GivenUp} such handlers still go on.")]
    public static partial void HandlersWaitTooLong(ILogger logger, int count, int typeNumber, int timeoutMs, int givenUp);

    [LoggerMessage(1104, LogLevel.Warning, "A handler of a request of type {TypeNumber} has come back after its request was answered with the error handler_timeout. What it brought was dropped.")]
    public static partial void HandlerReturnedLate(ILogger logger, int typeNumber, Exception? failure);

    [LoggerMessage(1105, LogLevel.Critical, "Handlers hang.")]
    public static partial void TooManyStuck(ILogger logger, Exception fault);
}
