using System.Globalization;
using Gsctl.Discovery;
using Gsctl.Reports;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Gsctl.Queues;

/// <summary>
/// Counts what waits in a queue by mailbox, with copies that leave the messages where they are. Readers take messages out meanwhile, so what is
/// counted of a queue in use is near the truth, and no more.
/// </summary>
/// <param name="maxMessageBytes">The longest message there may be.</param>
/// <param name="maxLooks">How many messages are looked at in a queue: each look walks from its head.</param>
/// <param name="carriesEnvelopes">Whether the frames are MessagePack, and so tell their deadlines.</param>
/// <param name="requestTimeoutMs">For how long requests are asked, in milliseconds; null where that is not known.</param>
internal sealed class MailboxLook(int maxMessageBytes, int maxLooks, bool carriesEnvelopes, int? requestTimeoutMs)
{
    private readonly MonotonicClock _clock = new(TimeProvider.System);

    /// <summary>The queue with its mailboxes, or why those cannot be told.</summary>
    public unsafe QueueView Look(QueueView queue)
    {
        byte[] message = new byte[SysMsg.MTypeBytes + maxMessageBytes];
        SortedDictionary<long, Tally> tallies = [];
        int looks = 0;
        while (looks < maxLooks)
        {
            CallResult copied;
            fixed (byte* pointer = message)
            {
                copied = SysMsg.Copy(queue.Id, pointer, (nuint)maxMessageBytes, looks);
            }

            if (copied.Error == Errno.ENOMSG)
            {
                break;
            }

            if (!copied.Succeeded)
            {
                return queue with { MailboxesUnknown = Explain(copied.Error) };
            }

            looks++;
            long type = BitConverter.ToInt64(message);
            tallies[type] = Add(tallies.GetValueOrDefault(type), message.AsSpan(SysMsg.MTypeBytes, copied.Value));
        }

        return queue with { LookedAt = looks, Mailboxes = [.. tallies.Select(tally => Show(tally.Key, tally.Value))] };
    }

    private static string Explain(Errno error) => error switch
    {
        Errno.ENOSYS => "this kernel was built without CONFIG_CHECKPOINT_RESTORE, and cannot show a message without taking it out",
        Errno.EACCES => string.Create(CultureInfo.InvariantCulture, $"uid {Unistd.geteuid()} may not read it"),
        _ => ErrnoTable.Describe(error),
    };

    private Tally Add(Tally tally, ReadOnlySpan<byte> frame)
    {
        long? due = tally.OldestDueInMs;

        // The first of a type is the oldest of it.
        if (tally.Messages == 0
            && carriesEnvelopes
            && EnvelopeFormat.TryRead(frame, out Envelope envelope, out _) == FrameFault.None
            && envelope is { Kind: MessageKind.Request, DeadlineNs: > 0 })
        {
            due = (envelope.DeadlineNs - _clock.NowNs) / 1_000_000;
        }

        return new Tally(tally.Messages + 1, tally.Bytes + frame.Length, due);
    }

    private MailboxView Show(long type, Tally tally)
    {
        bool isOurs = Mailbox.TryFromMType(type, out Mailbox mailbox);
        return new MailboxView(
            type,
            isOurs ? mailbox.Kind.ToString().ToLowerInvariant() : null,
            isOurs ? DaemonAddress.NameOf(new DaemonClaim(mailbox.IsReadByChannel ? DaemonRole.ChannelD : DaemonRole.ChatD, mailbox.Instance)) : null,
            tally.Messages,
            tally.Bytes,
            tally.OldestDueInMs,
            tally.OldestDueInMs is { } due && requestTimeoutMs is { } timeout ? Math.Max(0, timeout - due) : null);
    }

    private readonly record struct Tally(long Messages, long Bytes, long? OldestDueInMs);
}
