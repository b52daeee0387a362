namespace Shared.Protocol.Transport;

/// <summary>
/// The address of one reader: a kind and the number of the instance that reads it.
/// It says whom a frame is for, never who sent it.
/// </summary>
/// <param name="Kind">What the mailbox holds.</param>
/// <param name="Instance">The reader's number, from 0 to <see cref="MaxInstance"/>.</param>
public readonly record struct Mailbox(MailboxKind Kind, int Instance)
{
    /// <summary>The largest instance number. A daemon of each number holds one semaphore of the pair's set, hence the bound.</summary>
    public const int MaxInstance = 255;

    /// <summary>The System V message type, from 1: <c>4 · instance + kind</c>, so that instance 0 has 1 (request) and 2 (result).</summary>
    public long MType => (4L * Instance) + (long)Kind;

    /// <summary>Whether a channelD reads it. Those mailboxes lie on the request key, the others on the result key.</summary>
    public bool IsReadByChannel => Kind is MailboxKind.Request or MailboxKind.Control;

    /// <summary>The mailbox of a System V message type, or false where no mailbox has that type.</summary>
    public static bool TryFromMType(long mtype, out Mailbox mailbox)
    {
        if (mtype is < 1 or > (4L * MaxInstance) + 4)
        {
            mailbox = default;
            return false;
        }

        mailbox = new Mailbox((MailboxKind)(((mtype - 1) % 4) + 1), (int)((mtype - 1) / 4));
        return true;
    }

    /// <summary>Throws where there is no such mailbox.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind or the number is out of range.</exception>
    internal void Validate()
    {
        if ((uint)Instance > MaxInstance || Kind is < MailboxKind.Request or > MailboxKind.Control)
        {
            throw new ArgumentOutOfRangeException("mailbox", this, "There is no such mailbox.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}#{Instance} (mtype {MType})";
}
