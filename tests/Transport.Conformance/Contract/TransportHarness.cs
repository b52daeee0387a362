using Shared.Protocol.Transport;

namespace Transport.Conformance.Contract;

/// <summary>Where the transports of one test live: a bus, or a pair of keys. Disposal leaves nothing of it behind.</summary>
public abstract class TransportHarness : IDisposable
{
    /// <summary>A new transport on the common ground; the test disposes of it.</summary>
    public abstract ITransport Open(DaemonClaim claim);

    /// <summary>Whether nothing is left of what the transports made.</summary>
    public abstract bool IsClean { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
