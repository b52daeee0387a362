using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Transport.SysV;

/// <summary>What the transport tells an operator. Event ids 1000 to 1049; an id is never used for something else.</summary>
internal static partial class SysVLog
{
    [LoggerMessage(1000, LogLevel.Information, "Queues are open as {Claim}: request key {RequestKey} holds {RequestBytes} bytes, result key {ResultKey} holds {ResultBytes} bytes, frames up to {FrameBytes} bytes")]
    internal static partial void Opened(ILogger logger, DaemonClaim claim, int requestKey, long requestBytes, int resultKey, long resultBytes, int frameBytes);

    [LoggerMessage(1001, LogLevel.Warning, "The queue of key {Key} cannot be resized to {DesiredBytes} bytes and keeps {FoundBytes} ({Reason}). As root run `sysctl -w kernel.msgmnb={DesiredBytes}`, then restart every daemon of this key so that the queue is made anew")]
    internal static partial void QueueNotResized(ILogger logger, int key, long desiredBytes, long foundBytes, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "The {Name} queue of key {Key} was removed by somebody; it is being looked up again")]
    internal static partial void QueueGone(ILogger logger, string name, int key);

    [LoggerMessage(1003, LogLevel.Warning, "The {Name} queue of key {Key} is open again with id {Id}; frames that were in the old one are lost")]
    internal static partial void QueueReopened(ILogger logger, string name, int key, int id);

    [LoggerMessage(1004, LogLevel.Error, "The {Name} queue of key {Key} cannot be opened again: {Reason} ({HeldBack} attempts since the last line)")]
    internal static partial void QueueRefused(ILogger logger, string name, int key, string reason, long heldBack);

    [LoggerMessage(1005, LogLevel.Warning, "A frame in mailbox {Mailbox} is longer than {MaxFrameBytes} bytes and was removed ({HeldBack} more since the last line)")]
    internal static partial void Oversize(ILogger logger, Mailbox mailbox, int maxFrameBytes, long heldBack);

    [LoggerMessage(1006, LogLevel.Error, "The receiver of mailbox {Mailbox} failed ({HeldBack} more since the last line)")]
    internal static partial void ReceiverFailed(ILogger logger, Exception exception, Mailbox mailbox, long heldBack);

    [LoggerMessage(1007, LogLevel.Error, "Mailbox {Mailbox} cannot be read for now: {Reason} ({HeldBack} more since the last line)")]
    internal static partial void ReadFailed(ILogger logger, Mailbox mailbox, string reason, long heldBack);

    [LoggerMessage(1008, LogLevel.Warning, "The reading thread of mailbox {Mailbox} could not be woken and is left behind; it ends with the process")]
    internal static partial void ReaderLeftBehind(ILogger logger, Mailbox mailbox);

    [LoggerMessage(1009, LogLevel.Information, "The {Name} queue of key {Key} is not removed: {Reason}")]
    internal static partial void QueueKept(ILogger logger, string name, int key, string reason);

    [LoggerMessage(1010, LogLevel.Warning, "The queues of key {Key} could not be left in order ({Reason}), and may not be removed. Look at `ipcs -q` and `ipcs -s` once all daemons have stopped")]
    internal static partial void LeftIncompletely(ILogger logger, int key, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "The semaphore set of key {Key} was removed by somebody; this daemon is registered again")]
    internal static partial void Registered(ILogger logger, int key);

    [LoggerMessage(1012, LogLevel.Error, "The semaphore set of key {Key} was removed by somebody, and this daemon cannot be registered again: {Reason} ({HeldBack} attempts since the last line)")]
    internal static partial void NotRegistered(ILogger logger, int key, string reason, long heldBack);

    [LoggerMessage(1014, LogLevel.Error, "The {Name} queue of key {Key} takes no frames for now: {Reason} ({HeldBack} more since the last line)")]
    internal static partial void SendFailed(ILogger logger, string name, int key, string reason, long heldBack);

    [LoggerMessage(1013, LogLevel.Critical, "The keeper of the queues of key {Key} failed; a removed queue will not be found again")]
    internal static partial void KeeperFailed(ILogger logger, Exception exception, int key);

    [LoggerMessage(1015, LogLevel.Warning, "Another thread reads mailbox {Mailbox} from here on; the one that did has not come back from a frame")]
    internal static partial void ReaderReplaced(ILogger logger, Mailbox mailbox);
}
