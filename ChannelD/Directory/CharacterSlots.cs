namespace ChannelD.Directory;

/// <summary>
/// The characters by number, so that all of them can be walked a few at a time while they come and go: whoever stays is met, whoever comes in
/// between may be. Guarded by the directory's lock.
/// </summary>
internal sealed class CharacterSlots
{
    private readonly List<CharacterEntry?> _slots = [];
    private readonly Stack<int> _free = new();

    public void Add(CharacterEntry entry)
    {
        if (_free.TryPop(out int slot))
        {
            _slots[slot] = entry;
        }
        else
        {
            slot = _slots.Count;
            _slots.Add(entry);
        }

        entry.Slot = slot;
    }

    public void Remove(CharacterEntry entry)
    {
        _slots[entry.Slot] = null;
        _free.Push(entry.Slot);
    }

    /// <summary>Looks at the next slots and copies whom they hold.</summary>
    /// <param name="cursor">Where to go on; 0 to begin.</param>
    /// <param name="maxSlots">The most slots looked at.</param>
    /// <param name="nowNs">The time, which the states depend on.</param>
    /// <param name="characters">Takes them.</param>
    /// <returns>False when there are no more.</returns>
    public bool Copy(ref int cursor, int maxSlots, long nowNs, List<Character> characters)
    {
        int end = Math.Min(cursor + maxSlots, _slots.Count);
        for (; cursor < end; cursor++)
        {
            if (_slots[cursor] is { } entry)
            {
                characters.Add(entry.SnapshotAt(nowNs));
            }
        }

        return cursor < _slots.Count;
    }
}
