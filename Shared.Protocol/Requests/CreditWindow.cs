namespace Shared.Protocol.Requests;

/// <summary>
/// Counts what this daemon has put into one mailbox and nobody has answered, so that it never fills more than its share: alone the whole of the
/// pool, beside others its <see cref="FairShare"/>, so that a mailbox that nobody reads leaves the others room. Not safe for several threads: its
/// owner's lock guards it.
/// </summary>
internal sealed class CreditWindow
{
    private readonly CreditPool _pool;
    private ulong _lastOwedSequence;

    /// <summary>Makes the window of a further mailbox.</summary>
    /// <param name="pool">What all of them share.</param>
    public CreditWindow(CreditPool pool)
    {
        _pool = pool;
        pool.WindowsInUse++;
    }

    /// <summary>Bytes of requests that are in flight.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>Requests that are in flight.</summary>
    public int UsedCount { get; private set; }

    /// <summary>
    /// Bytes of requests that ended without an answer: they may still lie in the mailbox and take its room.
    /// </summary>
    public long OwedBytes { get; private set; }

    /// <summary>How many requests ended without an answer.</summary>
    public int OwedCount { get; private set; }

    /// <summary>Takes room for one frame, or says that there is none.</summary>
    public bool TryTake(int bytes)
    {
        if (_pool.OutCount >= _pool.WindowCount || !HasRoom(bytes))
        {
            return false;
        }

        UsedBytes += bytes;
        UsedCount++;
        _pool.OutBytes += bytes;
        _pool.OutCount++;
        return true;
    }

    /// <summary>The frame never went out.</summary>
    public void Return(int bytes)
    {
        UsedBytes -= bytes;
        UsedCount--;
        _pool.OutBytes -= bytes;
        _pool.OutCount--;
    }

    /// <summary>
    /// The frame was answered, so it was read; and a mailbox is read in order, so all that were sent before it were read too: what was owed for them
    /// lies there no more.
    /// </summary>
    public void ReturnAnswered(int bytes, ulong sequence)
    {
        Return(bytes);
        if (OwedCount > 0 && sequence > _lastOwedSequence)
        {
            LimitOwed(0);
        }
    }

    /// <summary>The request ended, but its frame may still lie in the mailbox.</summary>
    public void Owe(int bytes, ulong sequence)
    {
        UsedBytes -= bytes;
        UsedCount--;
        OwedBytes += bytes;
        OwedCount++;
        _lastOwedSequence = Math.Max(_lastOwedSequence, sequence);
    }

    /// <summary>The mailbox holds no more than that, so no more can be owed. Zero forgives all.</summary>
    public void LimitOwed(long depthBytes)
    {
        if (depthBytes == 0)
        {
            _pool.OutCount -= OwedCount;
            OwedCount = 0;
        }

        if (depthBytes < OwedBytes)
        {
            _pool.OutBytes -= OwedBytes - depthBytes;
            OwedBytes = depthBytes;
        }
    }

    /// <summary>One owed answer came.</summary>
    public void ForgiveOne()
    {
        if (OwedCount == 0)
        {
            return;
        }

        long bytes = OwedBytes / OwedCount;
        OwedBytes -= bytes;
        OwedCount--;
        _pool.OutBytes -= bytes;
        _pool.OutCount--;
    }

    private bool HasRoom(int bytes)
    {
        if (UsedCount == 0)
        {
            // A frame larger than the share goes when nothing else is out; and where all that is out is owed, one goes to ask whether anybody reads
            // again: one in a time-out, and its answer forgives the rest.
            return true;
        }

        long ownBytes = UsedBytes + OwedBytes;
        return _pool.WindowsInUse == 1
            ? ownBytes + bytes <= _pool.WindowBytes
            : FairShare.Allows(ownBytes, bytes, _pool.OutBytes, _pool.WindowBytes);
    }
}
