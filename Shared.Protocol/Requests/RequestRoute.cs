using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>Where requests of one type go.</summary>
/// <param name="run">Reads the request and runs its handler.</param>
internal sealed class RequestRoute(RequestRoute.Runner run)
{
    private bool _mayWait;

    /// <summary>Reads a request from a body, runs its handler, and sees to its answer.</summary>
    internal delegate void Runner(RequestRoute route, InlineCall call, in Envelope envelope, ReadOnlySpan<byte> body);

    /// <summary>Whether its handler has ever waited: one that never does is never refused because others wait.</summary>
    public bool MayWait
    {
        get => Volatile.Read(ref _mayWait);
        set => Volatile.Write(ref _mayWait, value);
    }

    /// <summary>Runs a request.</summary>
    public void Run(InlineCall call, in Envelope envelope, ReadOnlySpan<byte> body) => run(this, call, envelope, body);
}
