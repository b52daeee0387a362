namespace Shared.Protocol.Transport;

/// <summary>Which daemon a transport belongs to. Of each there is one at a time: a second is refused.</summary>
/// <param name="Role">chatD or channelD.</param>
/// <param name="Instance">Its number, from 0 to <see cref="Mailbox.MaxInstance"/>.</param>
public readonly record struct DaemonClaim(DaemonRole Role, int Instance)
{
    /// <summary>The mailboxes that it reads.</summary>
    public IReadOnlyList<Mailbox> Mailboxes => Role == DaemonRole.ChatD
        ? [new Mailbox(MailboxKind.Result, Instance), new Mailbox(MailboxKind.Event, Instance)]
        : [new Mailbox(MailboxKind.Request, Instance), new Mailbox(MailboxKind.Control, Instance)];

    /// <summary>Throws where the role or the number is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of both is.</exception>
    public void Validate()
    {
        if (Role is not (DaemonRole.ChatD or DaemonRole.ChannelD))
        {
            throw new ArgumentOutOfRangeException(nameof(Role), Role, "There is no such daemon.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Instance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Instance, Mailbox.MaxInstance);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Role == DaemonRole.ChatD ? "chatD" : "channelD")} of instance {Instance}";
}
