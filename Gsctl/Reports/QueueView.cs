namespace Gsctl.Reports;

/// <summary>A message queue, as the kernel tells.</summary>
internal sealed record QueueView
{
    /// <summary>Its key.</summary>
    public required int Key { get; init; }

    /// <summary>Its id.</summary>
    public required int Id { get; init; }

    /// <summary><c>requests</c>, <c>results</c>, <c>both</c>, or <c>other</c> for a queue that is not of the key that was asked for.</summary>
    public required string Role { get; init; }

    /// <summary>Whom it belongs to.</summary>
    public required uint OwnerUid { get; init; }

    /// <summary>Which group.</summary>
    public required uint OwnerGid { get; init; }

    /// <summary>Who made it.</summary>
    public required uint CreatorUid { get; init; }

    /// <summary>Its permission bits, in octal: <c>0600</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>How many messages wait in it.</summary>
    public required long Messages { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many bytes it holds; null where the kernel does not tell this user.</summary>
    public required long? CapacityBytes { get; init; }

    /// <summary>The process that sent last; 0 for none, or one that cannot be seen from here.</summary>
    public required int LastSender { get; init; }

    /// <summary>The process that received last; 0 for none, or one that cannot be seen from here.</summary>
    public required int LastReceiver { get; init; }

    /// <summary>When somebody sent last, in whole seconds; null for never.</summary>
    public required DateTimeOffset? LastSentAt { get; init; }

    /// <summary>When somebody received last, in whole seconds; null for never.</summary>
    public required DateTimeOffset? LastReceivedAt { get; init; }

    /// <summary>Its mailboxes that hold anything, by their types; null where that cannot be learnt, for <see cref="MailboxesUnknown"/>.</summary>
    public IReadOnlyList<MailboxView>? Mailboxes { get; init; }

    /// <summary>Why its mailboxes are not known; null where they are.</summary>
    public string? MailboxesUnknown { get; init; }

    /// <summary>How many messages were looked at; fewer than there are where there are too many, or where they were taken out meanwhile.</summary>
    public int LookedAt { get; init; }
}
