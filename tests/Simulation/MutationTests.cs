using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Simulation.Chaos;

namespace Simulation;

/// <summary>
/// The simulation must be able to fail. Each of these makes the pair behave as if one check were missing in it, by what its frames say;
/// some of the seeds must notice, by the rule that is broken.
/// </summary>
public sealed class MutationTests
{
    private const int Seeds = 600;

    [Fact]
    public void Run_AskerIgnoresUserAndId_IsCaught() => AssertCaught(() => new ResultOfTheLastAsker(), "2 own answers only");

    [Fact]
    public void Run_AskerIgnoresGenerations_IsCaught() => AssertCaught(() => new ResultOfAnyGeneration(), "2 own answers only");

    [Fact]
    public void Run_DeadlinesAreIgnored_IsCaught() => AssertCaught(() => new RequestWithoutDeadline(), "3 never executed past its deadline");

    [Fact]
    public void Run_RequestsAreDoubled_IsCaught() => AssertCaught(() => new DoubledRequest(), "3 executed as told");

    [Fact]
    public void Run_FarewellsAndGreetingsAreLost_IsCaught() => AssertCaught(() => new LostGreeting(), "8 recovery in time");

    private static void AssertCaught(Func<Mutation> mutation, string invariant)
    {
        bool isCaught = Enumerable.Range(1, Seeds).Any(seed =>
            SeedRunner.Run((ulong)seed, isTraced: false, mutation()).Violations.Any(violation => violation.Contains(invariant, StringComparison.Ordinal)));
        Assert.True(isCaught, $"None of {Seeds} seeds broke '{invariant}'.");
    }

    /// <summary>A frame with another envelope.</summary>
    private abstract class Relabelled : Mutation
    {
        private static readonly FrameCodec s_codec = WireCodecs.For(WireFormat.MessagePack);

        public override byte[] Change(SimWorld world, Mailbox to, byte[] frame)
        {
            using var scratch = new PooledBuffer();
            if (s_codec.TryRead(frame, scratch, MessageKind.Request, out Envelope envelope, out ReadOnlySpan<byte> body) != FrameFault.None)
            {
                return frame;
            }

            using var changed = new PooledBuffer();
            s_codec.WriteRaw(Change(world, to, envelope), body, changed);
            return changed.WrittenSpan.ToArray();
        }

        protected abstract Envelope Change(SimWorld world, Mailbox to, in Envelope envelope);
    }

    private sealed class ResultOfTheLastAsker : Relabelled
    {
        private Envelope _last;

        protected override Envelope Change(SimWorld world, Mailbox to, in Envelope envelope)
        {
            if (envelope.Kind == MessageKind.Request)
            {
                _last = envelope;
            }

            return envelope.Kind == MessageKind.Result && envelope.Generation == _last.Generation
                ? envelope with { RequestId = _last.RequestId, UserId = _last.UserId }
                : envelope;
        }
    }

    private sealed class ResultOfAnyGeneration : Relabelled
    {
        protected override Envelope Change(SimWorld world, Mailbox to, in Envelope envelope) =>
            envelope.Kind == MessageKind.Result && world.ChatOf(to.Instance) is { } chat
                ? envelope with { Generation = chat.Generation }
                : envelope;
    }

    private sealed class RequestWithoutDeadline : Relabelled
    {
        protected override Envelope Change(SimWorld world, Mailbox to, in Envelope envelope) =>
            envelope.Kind == MessageKind.Request ? envelope with { DeadlineNs = 0 } : envelope;
    }

    private sealed class DoubledRequest : Mutation
    {
        public override bool Doubles(Mailbox to) => to.Kind == MailboxKind.Request;
    }

    private sealed class LostGreeting : Mutation
    {
        // Bytes that are no frame: the first greetings get through, later ones do not.
        public override byte[] Change(SimWorld world, Mailbox to, byte[] frame) =>
            to.Kind == MailboxKind.Control && world.Counts.Kills > 0 ? [] : frame;
    }
}
