using System.Numerics;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// The requests that have not ended, by id. An id is the number of a slot and, above it, how often that slot was used: a look-up
/// is one array access, and no id comes back before all its slot's others have been used. Not safe for several threads: its
/// owner's lock guards it.
/// </summary>
internal sealed class InFlightTable
{
    private readonly InFlightRequest?[] _slots;
    private readonly ulong[] _uses;
    private readonly Queue<int> _free;
    private readonly int _slotBits;
    private readonly ulong _maxUse;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">How many requests it holds, rounded up to a power of two.</param>
    /// <param name="maxId">The largest id, at least the capacity.</param>
    /// <param name="firstUse">How often each slot counts as used before: where ids begin.</param>
    public InFlightTable(int capacity, ulong maxId, ulong firstUse = 0)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        _slotBits = BitOperations.Log2((uint)slots);
        _maxUse = maxId >> _slotBits;
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxUse, 2UL, nameof(maxId));
        _slots = new InFlightRequest?[slots];
        _uses = new ulong[slots];
        Array.Fill(_uses, firstUse % _maxUse);
        _free = new Queue<int>(Enumerable.Range(0, slots));
    }

    /// <summary>How many requests are in the table.</summary>
    public int Count => _slots.Length - _free.Count;

    /// <summary>Puts a request in and gives it an id; false when the table is full.</summary>
    public bool TryAdd(InFlightRequest request)
    {
        // First in, first out: all slots are used in turn, so an id comes back as late as it can.
        if (!_free.TryDequeue(out int slot))
        {
            return false;
        }

        // A use of 0 is left out: the id 0 means "none".
        _uses[slot] = _uses[slot] >= _maxUse - 1 ? 1 : _uses[slot] + 1;
        request.Id = (_uses[slot] << _slotBits) | (uint)slot;
        _slots[slot] = request;
        return true;
    }

    /// <summary>The request of an id, or null.</summary>
    public InFlightRequest? Find(ulong id)
    {
        InFlightRequest? request = _slots[(int)(id & (ulong)(_slots.Length - 1))];
        return request is not null && request.Id == id ? request : null;
    }

    /// <summary>Takes a request out that is in.</summary>
    public void Remove(InFlightRequest request)
    {
        int slot = (int)(request.Id & (ulong)(_slots.Length - 1));
        _slots[slot] = null;
        _free.Enqueue(slot);
    }

    /// <summary>How many requests to a mailbox it holds.</summary>
    public int CountTo(Mailbox to) => Count == 0 ? 0 : _slots.Count(request => request?.To == to);

    /// <summary>The requests to a mailbox (null: to all) with their ids, for an entry may serve another request a moment later.</summary>
    public (InFlightRequest Entry, ulong Id)[] Select(Mailbox? to) =>
        [.. _slots.OfType<InFlightRequest>().Where(request => to is null || request.To == to).Select(request => (request, request.Id))];
}
