using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;

namespace Faults.Nemesis.Faults;

/// <summary>Somebody writes random bytes over a number in the header of a ring under load.</summary>
internal sealed class DamagedRingFault(string folder) : IFault
{
    private static readonly int[] s_offsets =
    [
        RingDescriptor.MagicOffset, RingDescriptor.VersionOffset, RingDescriptor.RingBytesOffset, RingDescriptor.GenerationOffset, RingDescriptor.TailOffset,
        RingDescriptor.HeadOffset, RingDescriptor.ReadOffset, RingDescriptor.AsleepOffset, RingDescriptor.ConsumerOffset, RingDescriptor.HeaderBytes,
    ];

    public int Row => 23;

    public string Name => "header of a ring overwritten";

    public FaultScope Scope => FaultScope.Queues;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var files = new RingFiles(new RingTransportOptions { Key = world.Keys.RequestKey, Folder = folder, Claim = new DaemonClaim(DaemonRole.ChatD, 1) });
        byte[] garbage = new byte[sizeof(int)];
        random.NextBytes(garbage);
        foreach (MailboxKind kind in (MailboxKind[])[MailboxKind.Request, MailboxKind.Result])
        {
            string path = files.PathOf(new Mailbox(kind, 0));
            try
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                await RandomAccess.WriteAsync(file.SafeFileHandle, garbage, s_offsets[random.Next(s_offsets.Length)], cancellationToken);
            }
            catch (FileNotFoundException)
            {
                // Being made anew just now.
            }
        }
    }
}
