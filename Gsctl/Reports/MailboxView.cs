namespace Gsctl.Reports;

/// <summary>What waits in a mailbox.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Kind"><c>request</c>, <c>result</c>, <c>event</c> or <c>control</c>; null where no mailbox has that type.</param>
/// <param name="Reader">The daemon that reads it, e.g. <c>channelD 1</c>; null where no mailbox has that type.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="OldestDueInMs">When the asker of the oldest gives up, in milliseconds from now, below 0 where he has; null where it does not say.</param>
/// <param name="OldestAgeMs">How long ago the oldest was asked, in milliseconds; null where it does not say when, or nobody tells for how long is asked.</param>
internal sealed record MailboxView(long Type, string? Kind, string? Reader, long Messages, long Bytes, long? OldestDueInMs, long? OldestAgeMs);
