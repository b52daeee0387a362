using Faults.Checker;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Simulation.Network;

namespace Simulation.Chaos;

/// <summary>
/// Puts frames into mailboxes that nobody of the pair has sent: noise, pieces, doubles of what was sent, results for others, requests of
/// processes that are not admitted. Whoever may write the queues can do worse, by naming the right numbers; that is what their mode is for.
/// </summary>
internal sealed class Forger(SimWorld world)
{
    private const long ForgedSecret = 1L << 40;

    private static readonly FrameCodec s_codec = WireCodecs.For(WireFormat.MessagePack);

    private readonly SimRandom _random = world.RandomFor(SimStream.Forger);
    private readonly PooledBuffer _scratch = new();

    public void Forge()
    {
        SimMailbox[] mailboxes = [.. world.Network.Read];
        if (mailboxes.Length == 0)
        {
            return;
        }

        for (int count = 1 + _random.Below(12); count > 0; count--)
        {
            world.Counts.Injected++;
            switch (_random.Below(5))
            {
                case 0:
                    Noise(_random.Pick(mailboxes).Address);
                    break;
                case 1:
                    Double();
                    break;
                case 2:
                    ResultForAnother();
                    break;
                case 3:
                    RequestOfNobody();
                    break;
                default:
                    GreetingOfNobody();
                    break;
            }
        }
    }

    private void Noise(Mailbox to)
    {
        byte[] bytes = new byte[_random.Below(64)];
        _random.Fill(bytes);
        byte[][] whole = [.. world.Network.LastSent.Select(sent => sent.Bytes).Where(frame => !BatchFormat.IsBatch(frame))];
        if (_random.Chance(50) && whole.Length > 0)
        {
            // Half of a real one. (Half of a batch has whole requests in it, and is no noise.)
            byte[] real = _random.Pick(whole);
            bytes = real[.._random.Below(real.Length)];
        }

        Put(to, bytes, "noise");
    }

    private void Double()
    {
        // A request may be doubled by its sender only, and never is; but one whose time has passed must not be run again.
        long expiredNs = world.NowNs - (world.Settings.Ipc.RequestTimeoutMs * SimScheduler.NsPerMs);
        SentFrame[] frames =
        [
            .. world.Network.LastSent.Where(frame => frame.To.Kind is MailboxKind.Result or MailboxKind.Event || frame.AtNs < expiredNs)
                .Where(frame => frame.To.Kind != MailboxKind.Control),
        ];
        if (frames.Length > 0)
        {
            SentFrame frame = _random.Pick(frames);
            Put(frame.To, frame.Bytes, "a double");
        }
    }

    private void ResultForAnother()
    {
        SentFrame[] requests = [.. world.Network.LastSent.Where(frame => frame.To.Kind == MailboxKind.Request)];
        if (requests.Length == 0
            || s_codec.TryRead(_random.Pick(requests).Bytes, _scratch, MessageKind.Request, out Envelope request, out _) != FrameFault.None
            || !Mailbox.TryFromMType(request.ReplyMailbox, out Mailbox to))
        {
            return;
        }

        // One of the three that must match does not.
        var envelope = new Envelope { Kind = MessageKind.Result, RequestId = request.RequestId, Generation = request.Generation, UserId = request.UserId };
        envelope = _random.Below(3) switch
        {
            0 => envelope with { RequestId = request.RequestId + (ulong)(1 + _random.Below(3)) << 17 },
            1 => envelope with { Generation = request.Generation ^ 2 },
            _ => envelope with { UserId = request.UserId + 1 + _random.Below(3) },
        };
        using var frame = new PooledBuffer();
        string secret = Secret.Of(ForgedSecret);
        s_codec.Write(envelope, ResultBody<CommandResult>.Ok(new CommandResult("find", "not_found", [secret], Text: null)), frame);
        Put(to, frame.WrittenSpan.ToArray(), $"a result for {envelope.RequestId:x} of session {envelope.UserId} ({envelope.Generation:x})");
    }

    private void RequestOfNobody()
    {
        using var frame = new PooledBuffer();
        var envelope = new Envelope
        {
            Kind = MessageKind.Request,
            RequestId = 1 + (ulong)_random.Below(1000),
            Generation = _random.Next() | 1,
            ReplyMailbox = new Mailbox(MailboxKind.Result, _random.Below(world.Settings.Chats)).MType,
            UserId = 1 + _random.Below(5),
        };
        s_codec.Write(envelope, new CommandRequest($"/찾기 {Secret.Of(ForgedSecret)}"), frame);
        Put(new Mailbox(MailboxKind.Request, 0), frame.WrittenSpan.ToArray(), "a request of nobody");
    }

    private void GreetingOfNobody()
    {
        using var frame = new PooledBuffer();
        s_codec.Write(
            new Envelope { Kind = MessageKind.Control, Generation = _random.Next() | 1 },
            new Greeting(_random.Below(world.Settings.Chats), IpcNamespace: 0, KnownChannelGeneration: 0),
            frame);
        Put(new Mailbox(MailboxKind.Control, 0), frame.WrittenSpan.ToArray(), "a greeting of nobody");
    }

    private void Put(Mailbox to, byte[] frame, string what)
    {
        world.Note($"forged into {to}: {what}, {frame.Length} bytes");
        world.Network.Inject(to, frame);
    }
}
