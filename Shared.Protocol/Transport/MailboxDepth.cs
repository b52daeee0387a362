namespace Shared.Protocol.Transport;

/// <summary>What waits at this moment where a mailbox lies, for all mailboxes that share its capacity.</summary>
/// <param name="Frames">Frames waiting.</param>
/// <param name="Bytes">Their bytes.</param>
public readonly record struct MailboxDepth(long Frames, long Bytes);
