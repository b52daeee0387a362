using Shared.Protocol.Transport;

namespace Transport.Conformance.Contract;

/// <summary>Where the transports of one test live: a bus, or a pair of keys. Disposal leaves nothing of it behind.</summary>
public abstract class TransportHarness : IDisposable
{
    /// <summary>A new transport on the common ground; the test disposes of it.</summary>
    public abstract ITransport Open(DaemonClaim claim);

    /// <summary>How much of a mailbox's capacity a frame takes. An empty one takes something as well, or there would be no end to them.</summary>
    public virtual int CostBytes(int frameBytes) => Math.Max(frameBytes, 1);

    /// <summary>The bytes that <see cref="ITransport.GetDepth"/> tells of frames of these lengths.</summary>
    public virtual long DepthBytes(params int[] framesBytes) => framesBytes.Sum();

    /// <summary>The longest frame that fits into what is left; -1 where none does.</summary>
    public virtual int LongestFrameIn(int leftBytes) => leftBytes == 0 ? -1 : leftBytes;

    /// <summary>Whether nothing is left of what the transports made.</summary>
    public abstract bool IsClean { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
