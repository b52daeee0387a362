using Microsoft.Extensions.Logging;

namespace Shared.Protocol.Transport.Unix;

/// <summary>What the transport tells an operator. Event ids 1050 to 1089; an id is never used for something else.</summary>
internal static partial class UnixLog
{
    [LoggerMessage(1050, LogLevel.Information, "Mailbox {Mailbox} is read at {Path}")]
    internal static partial void Listening(ILogger logger, Mailbox mailbox, string path);

    [LoggerMessage(1051, LogLevel.Warning, "The socket {Path} of mailbox {Mailbox} was removed or replaced by somebody; it is made again")]
    internal static partial void SocketGone(ILogger logger, Mailbox mailbox, string path);

    [LoggerMessage(1052, LogLevel.Error, "The socket {Path} of mailbox {Mailbox} cannot be made again: {Reason} ({HeldBack} attempts since the last line)")]
    internal static partial void SocketRefused(ILogger logger, Mailbox mailbox, string path, string reason, long heldBack);

    [LoggerMessage(1053, LogLevel.Warning, "Process {Pid} of user {Uid} and group {Gid} is refused at mailbox {Mailbox}: only user {OwnUid} and those that the configuration names may be there ({HeldBack} more since the last line)")]
    internal static partial void PeerRejected(ILogger logger, Mailbox mailbox, int pid, uint uid, uint gid, uint ownUid, long heldBack);

    [LoggerMessage(1054, LogLevel.Warning, "A frame in mailbox {Mailbox} is longer than {MaxFrameBytes} bytes or no frame of this version, and was removed ({HeldBack} more since the last line)")]
    internal static partial void BadFrame(ILogger logger, Mailbox mailbox, int maxFrameBytes, long heldBack);

    [LoggerMessage(1055, LogLevel.Error, "The receiver of mailbox {Mailbox} failed ({HeldBack} more since the last line)")]
    internal static partial void ReceiverFailed(ILogger logger, Exception exception, Mailbox mailbox, long heldBack);

    [LoggerMessage(1057, LogLevel.Warning, "The reading thread of mailbox {Mailbox} has not ended in time and is left behind; it ends with the process")]
    internal static partial void ReaderLeftBehind(ILogger logger, Mailbox mailbox);

    [LoggerMessage(1056, LogLevel.Error, "Mailbox {Mailbox} cannot take or read connections for now: {Reason} ({HeldBack} more since the last line)")]
    internal static partial void ReadFailed(ILogger logger, Mailbox mailbox, string reason, long heldBack);
}
