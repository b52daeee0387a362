namespace Shared.Protocol.Transport.InMemory;

/// <summary>What the mailboxes of one queue may hold together. A queue is full by bytes or, at the same number, by frames.</summary>
internal sealed class InMemoryCapacity(long capacityBytes)
{
    private readonly Lock _gate = new();
    private long _bytes;
    private long _frames;

    internal MailboxDepth Depth
    {
        get
        {
            lock (_gate)
            {
                return new MailboxDepth(_frames, _bytes);
            }
        }
    }

    internal bool TryTake(int frameBytes)
    {
        lock (_gate)
        {
            if (_bytes + frameBytes > capacityBytes || _frames + 1 > capacityBytes)
            {
                return false;
            }

            _bytes += frameBytes;
            _frames++;
            return true;
        }
    }

    internal void Give(int frameBytes)
    {
        lock (_gate)
        {
            _bytes -= frameBytes;
            _frames--;
        }
    }
}
