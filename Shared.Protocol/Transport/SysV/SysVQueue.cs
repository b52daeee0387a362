namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// One queue as this process knows it: the key, and the id it has at present. The id changes when the queue was removed and made anew.
/// </summary>
internal sealed class SysVQueue(int key, string name, int slot)
{
    /// <summary>In place of an id: removed, and being looked up.</summary>
    internal const int Gone = -1;

    /// <summary>In place of an id: there, but another's.</summary>
    internal const int Refused = -2;

    private readonly object _gate = new();
    private int _id = Gone;

    internal int Key => key;

    /// <summary>What it carries, for people: request, result, or shared.</summary>
    internal string Name => name;

    /// <summary>Where the membership keeps its record of this queue.</summary>
    internal int Slot => slot;

    /// <summary>Which other processes were seen at it.</summary>
    internal SysVQueueUsers Users { get; } = new();

    /// <summary>The id, or <see cref="Gone"/>, or <see cref="Refused"/>.</summary>
    internal int Id => Volatile.Read(ref _id);

    internal void Open(int id)
    {
        lock (_gate)
        {
            Volatile.Write(ref _id, id);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Notes that the queue of this id is gone; nothing happens where another one was found meanwhile.</summary>
    internal void MarkGone(int id)
    {
        lock (_gate)
        {
            if (_id == id)
            {
                Volatile.Write(ref _id, Gone);
            }
        }
    }

    /// <summary>Notes that what is there now is another's.</summary>
    internal void MarkRefused()
    {
        lock (_gate)
        {
            if (_id < 0)
            {
                Volatile.Write(ref _id, Refused);
            }
        }
    }

    /// <summary>Returns when there is a queue again, or after <paramref name="timeoutMs"/>.</summary>
    internal void WaitUntilOpen(int timeoutMs)
    {
        lock (_gate)
        {
            if (_id < 0)
            {
                // Woken without a queue it returns all the same: the caller looks again.
                Monitor.Wait(_gate, timeoutMs);
            }
        }
    }
}
