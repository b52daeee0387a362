namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// How often a ring of this transport was found damaged: frames that were under way in it are lost. Frames in both directions belong together, so the
/// receivers of all mailboxes are told. For any thread.
/// </summary>
internal sealed class RingResets
{
    private int _count;

    internal int Count => Volatile.Read(ref _count);

    internal void Raise() => Interlocked.Increment(ref _count);
}
