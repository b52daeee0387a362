using Shared.Protocol.Transport;

namespace Faults.Nemesis.Faults;

/// <summary>A deep backlog of messages that nobody reads, in a queue that has room for them besides; then it is taken away.</summary>
internal sealed class BacklogFault(int messages) : IFault
{
    public int Row => 14;

    public string Name => $"backlog of {messages} foreign messages";

    public FaultScope Scope => FaultScope.Queues;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        if (ForeignMessages.QueueOf(world, random.Next(2) == 0 ? MailboxKind.Request : MailboxKind.Result) is not { } queue)
        {
            return;
        }

        // The count of messages is bounded by the number of bytes too (msgop(2)), so that empty ones fill a queue as well.
        bool isWidened = Kernel.TrySetCapacity(queue.Id, (ulong)messages * 2, out ulong capacityBytes);
        try
        {
            for (int i = 0; i < messages && ForeignMessages.TrySend(queue, ForeignMessages.NobodysType, []); i++)
            {
            }

            await Task.Delay(random.Next(200, 1000), cancellationToken);
        }
        finally
        {
            ForeignMessages.Drain(queue);
            if (isWidened)
            {
                _ = Kernel.TrySetCapacity(queue.Id, capacityBytes, out _);
            }
        }
    }
}
