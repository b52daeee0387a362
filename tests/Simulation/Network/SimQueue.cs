using Shared.Protocol.Transport;

namespace Simulation.Network;

/// <summary>A kernel's queue: what its mailboxes hold together is bounded, and it can be removed under them all.</summary>
/// <param name="capacityBytes">How many bytes it holds, and how many frames.</param>
internal sealed class SimQueue(long capacityBytes)
{
    private long _bytes;
    private long _frames;

    /// <summary>How often it was removed: whoever has seen another number has an id that is no more.</summary>
    public int Epoch { get; private set; }

    /// <summary>Bytes of frames that nobody here reads.</summary>
    public long ForeignBytes { get; set; }

    public MailboxDepth Depth => new(_frames, _bytes + ForeignBytes);

    public bool TryTake(int bytes)
    {
        if (_bytes + ForeignBytes + bytes > capacityBytes || _frames >= capacityBytes)
        {
            return false;
        }

        _bytes += bytes;
        _frames++;
        return true;
    }

    public void Give(int bytes)
    {
        _bytes -= bytes;
        _frames--;
    }

    public void Remove()
    {
        Epoch++;
        _bytes = 0;
        _frames = 0;
        ForeignBytes = 0;
    }
}
