using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Transport.Ring;

/// <summary>What the transport tells an operator. Event ids 1500 to 1549; an id is never used for something else.</summary>
internal static partial class RingLog
{
    [LoggerMessage(1500, LogLevel.Information, "Rings are open as {Claim}: key {Key}, folder {Folder}, {RingBytes} bytes a mailbox, frames up to {FrameBytes} bytes")]
    internal static partial void Opened(ILogger logger, DaemonClaim claim, int key, string folder, long ringBytes, int frameBytes);

    [LoggerMessage(1501, LogLevel.Error, "The ring of mailbox {Mailbox} cannot be opened: {Reason:l} ({HeldBack} attempts since the last line)")]
    internal static partial void NotOpened(ILogger logger, Mailbox mailbox, string reason, long heldBack);

    [LoggerMessage(1502, LogLevel.Warning, "The file {Path} of mailbox {Mailbox} was removed or replaced by somebody; another is made, and what lies in the old one is still read")]
    internal static partial void FileGone(ILogger logger, Mailbox mailbox, string path);

    [LoggerMessage(1503, LogLevel.Error, "The ring of mailbox {Mailbox} is damaged and is made anew; frames that were in it are lost. {Reason:l}")]
    internal static partial void Damaged(ILogger logger, Mailbox mailbox, string reason);

    [LoggerMessage(1504, LogLevel.Warning, "Producer {Producer} of mailbox {Mailbox} died with a frame half sent, which is skipped ({HeldBack} more since the last line)")]
    internal static partial void Unblocked(ILogger logger, Mailbox mailbox, int producer, long heldBack);

    [LoggerMessage(1505, LogLevel.Warning, "Producer {Producer} of mailbox {Mailbox} lives, and has stood still for {PendingMs} ms with a frame half sent: the mailbox goes over to another ring without it. Look for a stopped process (`ps -o pid,stat,cmd -C dotnet`)")]
    internal static partial void Stalled(ILogger logger, Mailbox mailbox, int producer, long pendingMs);

    [LoggerMessage(1506, LogLevel.Information, "Mailbox {Mailbox} is read from a ring of generation {Generation:x} and {RingBytes} bytes")]
    internal static partial void Reading(ILogger logger, Mailbox mailbox, ulong generation, long ringBytes);

    [LoggerMessage(1507, LogLevel.Error, "The receiver of mailbox {Mailbox} failed ({HeldBack} more since the last line)")]
    internal static partial void ReceiverFailed(ILogger logger, Exception exception, Mailbox mailbox, long heldBack);

    [LoggerMessage(1508, LogLevel.Warning, "The reading thread of mailbox {Mailbox} does not come back from its receiver and is left behind; it ends with the process")]
    internal static partial void ReaderLeftBehind(ILogger logger, Mailbox mailbox);

    [LoggerMessage(1509, LogLevel.Warning, "Another thread reads mailbox {Mailbox} from here on; the one that did has not come back from a frame")]
    internal static partial void ReaderReplaced(ILogger logger, Mailbox mailbox);

    [LoggerMessage(1510, LogLevel.Warning, "Mailbox {Mailbox} is full, and its reader has not looked at it for {SilenceMs} ms: it is stopped, or its handlers hang ({HeldBack} more since the last line)")]
    internal static partial void FullAndUnread(ILogger logger, Mailbox mailbox, long silenceMs, long heldBack);

    [LoggerMessage(1511, LogLevel.Warning, "The semaphore set of key {Key} was removed by somebody; this daemon is registered again")]
    internal static partial void Registered(ILogger logger, int key);

    [LoggerMessage(1512, LogLevel.Error, "The semaphore set of key {Key} was removed by somebody, and this daemon cannot be registered again: {Reason:l} ({HeldBack} attempts since the last line)")]
    internal static partial void NotRegistered(ILogger logger, int key, string reason, long heldBack);

    [LoggerMessage(1513, LogLevel.Critical, "The keeper of the rings of key {Key} failed; a removed or damaged ring may not be made anew")]
    internal static partial void KeeperFailed(ILogger logger, Exception exception, int key);
}
