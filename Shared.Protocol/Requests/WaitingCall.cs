using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>A request whose handler waits. All but its constants belongs to the lock of its <see cref="WaitingCalls"/>.</summary>
/// <param name="envelope">The request's envelope.</param>
/// <param name="typeNumber">The request's type.</param>
/// <param name="endsNs">When it is given up, in nanoseconds of the monotonic clock.</param>
internal sealed class WaitingCall(in Envelope envelope, int typeNumber, long endsNs)
{
    private readonly Envelope _envelope = envelope;

    /// <summary>The request's envelope.</summary>
    public ref readonly Envelope Envelope => ref _envelope;

    /// <summary>The request's type.</summary>
    public int TypeNumber => typeNumber;

    /// <summary>When it is given up, in nanoseconds of the monotonic clock.</summary>
    public long EndsNs => endsNs;

    /// <summary>Whether nobody has answered it.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The one that began before it.</summary>
    public WaitingCall? Previous { get; set; }

    /// <summary>The one that began after it.</summary>
    public WaitingCall? Next { get; set; }
}
