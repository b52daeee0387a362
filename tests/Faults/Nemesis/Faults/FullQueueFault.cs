using Shared.Protocol.Transport;
using Testing.Support.Ipc;

namespace Faults.Nemesis.Faults;

/// <summary>A queue, or both, filled up by messages that nobody reads: no room for anything, for a while.</summary>
internal sealed class FullQueueFault(int row, string name, int minMs, int maxMs, params MailboxKind[] mailboxes) : IFault
{
    private const int MessageBytes = 512;

    public int Row => row;

    public string Name => name;

    public FaultScope Scope => FaultScope.Queues;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        RawQueue?[] queues = [.. mailboxes.Select(kind => ForeignMessages.QueueOf(world, kind))];
        byte[] text = new byte[MessageBytes];
        try
        {
            // Again and again: the readers make room as long as they have something to read.
            long untilNs = Recording.Recorder.NowNs + (random.Next(minMs, maxMs) * 1_000_000L);
            while (Recording.Recorder.NowNs < untilNs)
            {
                foreach (RawQueue? queue in queues)
                {
                    Fill(queue, text);
                }

                await Task.Delay(1, cancellationToken);
            }
        }
        finally
        {
            foreach (RawQueue? queue in queues)
            {
                ForeignMessages.Drain(queue);
            }
        }
    }

    private static void Fill(RawQueue? queue, byte[] text)
    {
        for (int bytes = text.Length; bytes > 0; bytes /= 2)
        {
            while (ForeignMessages.TrySend(queue, ForeignMessages.NobodysType, text.AsSpan(0, bytes)))
            {
            }
        }
    }
}
