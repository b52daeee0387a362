namespace Shared.Protocol.Requests;

/// <summary>
/// Counts what this daemon has put into the mailbox and nobody has answered, so that it never fills more than its share.
/// Not safe for several threads: its owner's lock guards it.
/// </summary>
/// <param name="windowBytes">How many bytes may be out at once. A single larger frame may go when nothing else is out.</param>
/// <param name="windowCount">How many frames may be out at once.</param>
internal sealed class CreditWindow(long windowBytes, int windowCount)
{
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
        long outBytes = UsedBytes + OwedBytes;
        int outCount = UsedCount + OwedCount;
        if (outCount >= windowCount || (outBytes + bytes > windowBytes && outCount > 0))
        {
            return false;
        }

        UsedBytes += bytes;
        UsedCount++;
        return true;
    }

    /// <summary>The frame was answered, or never went out.</summary>
    public void Return(int bytes)
    {
        UsedBytes -= bytes;
        UsedCount--;
    }

    /// <summary>The request ended, but its frame may still lie in the mailbox.</summary>
    public void Owe(int bytes)
    {
        Return(bytes);
        OwedBytes += bytes;
        OwedCount++;
    }

    /// <summary>The mailbox holds no more than that, so no more can be owed. Zero forgives all.</summary>
    public void LimitOwed(long depthBytes)
    {
        if (depthBytes == 0)
        {
            OwedBytes = 0;
            OwedCount = 0;
        }
        else if (depthBytes < OwedBytes)
        {
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

        OwedBytes -= OwedBytes / OwedCount;
        OwedCount--;
    }
}
