using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Faults.Nemesis.Faults;

/// <summary>
/// Sound results that answer nothing: of this run of chatD and of others, with ids near those in use, for sessions that did not ask.
/// </summary>
internal sealed class ForgedResultsFault : IFault
{
    private const int Count = 2000;
    private const int MessagesPerPause = 20;
    private const int HighestUser = 64;

    public int Row => 12;

    public string Name => "forged results";

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        ulong generation = (await world.Chat.GetRunAsync(cancellationToken)).Generation;
        var codec = new MessagePackCodec();
        using var frame = new PooledBuffer();
        var mailbox = new Mailbox(MailboxKind.Result, 0);
        for (int i = 0; i < Count; i++)
        {
            var envelope = new Envelope
            {
                Kind = MessageKind.Result,
                RequestId = (ulong)random.NextInt64(1, 1L << random.Next(8, 40)),
                Generation = random.Next(4) == 0 ? (ulong)random.NextInt64() : generation,

                // No session of this load has a number so high; a forged answer that is taken for one that was asked would need it.
                UserId = int.MaxValue - random.Next(HighestUser),
            };
            frame.Clear();
            codec.Write(envelope, ResultBody<CommandResult>.Ok(new CommandResult("find", "not_found", ["forged"], null)), frame);
            _ = ForeignMessages.TrySend(ForeignMessages.QueueOf(world, MailboxKind.Result), mailbox.MType, frame.WrittenSpan);
            if (i % MessagesPerPause == 0)
            {
                await Task.Delay(1, cancellationToken);
            }
        }
    }
}
