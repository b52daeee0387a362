using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;

namespace Faults.Nemesis.Faults;

/// <summary>
/// A producer claims room in the rings of a pair, and is gone before it hands its frame over. The kernel sees what it sees at a kill: the open file with its
/// lock is closed, and the claim stands. (A real kill of a real producer is in the suite of the transport.)
/// </summary>
internal sealed class DeadProducerFault(string folder) : IFault
{
    private const int FrameBytes = 200;

    public int Row => 22;

    public string Name => "producer died with a frame half sent";

    public FaultScope Scope => FaultScope.Queues;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        for (int round = 0; round < 10; round++)
        {
            foreach (MailboxKind kind in (MailboxKind[])[MailboxKind.Request, MailboxKind.Result])
            {
                Claim(world.Keys.RequestKey, new Mailbox(kind, 0));
            }

            await Task.Delay(random.Next(10, 100), cancellationToken);
        }
    }

    private void Claim(int key, Mailbox mailbox)
    {
        var files = new RingFiles(new RingTransportOptions { Key = key, Folder = folder, Claim = new DaemonClaim(DaemonRole.ChatD, 1) });
        if (files.Open(mailbox).Ring is not { } ring)
        {
            return;
        }

        using (ring)
        {
            if (ring.TryEnter())
            {
                _ = ring.TryClaim(FrameBytes, out _);
                ring.Leave();
            }
        }
    }
}
