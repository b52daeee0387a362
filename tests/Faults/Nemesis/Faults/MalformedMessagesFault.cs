using Shared.Protocol.Transport;

namespace Faults.Nemesis.Faults;

/// <summary>Empty, short, random and largest messages into every mailbox.</summary>
internal sealed class MalformedMessagesFault(int row, string name, int minBytes, int maxBytes, int count) : IFault
{
    private const int MessagesPerPause = 200;

    public int Row => row;

    public string Name => name;

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        byte[] text = new byte[maxBytes];
        for (int i = 0; i < count; i++)
        {
            MailboxKind kind = ForeignMessages.Kinds[random.Next(ForeignMessages.Kinds.Count)];
            int bytes = random.Next(minBytes, maxBytes + 1);
            random.NextBytes(text.AsSpan(0, bytes));
            _ = ForeignMessages.TrySend(ForeignMessages.QueueOf(world, kind), new Mailbox(kind, 0).MType, text.AsSpan(0, bytes));
            if (i % MessagesPerPause == MessagesPerPause - 1)
            {
                await Task.Delay(1, cancellationToken);
            }
        }
    }
}
