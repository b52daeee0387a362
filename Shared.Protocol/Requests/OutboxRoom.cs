namespace Shared.Protocol.Requests;

/// <summary>
/// What the results of all mailboxes may take together while they wait; a mailbox whose reader stands still gets its <see cref="FairShare"/>. Safe on
/// every thread.
/// </summary>
/// <param name="maxCount">How many results may wait.</param>
/// <param name="maxBytes">How many bytes may wait.</param>
internal sealed class OutboxRoom(int maxCount, long maxBytes)
{
    private readonly Lock _gate = new();
    private int _count;
    private long _bytes;

    /// <summary>How many results wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes room for one more result of a mailbox, or says that there is none for it.</summary>
    /// <param name="ownCount">How many that mailbox keeps already.</param>
    /// <param name="ownBytes">How many bytes those are.</param>
    /// <param name="bytes">What the one more takes.</param>
    public bool TryTake(int ownCount, long ownBytes, int bytes)
    {
        lock (_gate)
        {
            if (!FairShare.Allows(ownCount, 1, _count, maxCount) || !FairShare.Allows(ownBytes, bytes, _bytes, maxBytes))
            {
                return false;
            }

            Volatile.Write(ref _count, _count + 1);
            _bytes += bytes;
            return true;
        }
    }

    /// <summary>Gives room back.</summary>
    public void Give(int count, long bytes)
    {
        lock (_gate)
        {
            Volatile.Write(ref _count, _count - count);
            _bytes -= bytes;
        }
    }
}
