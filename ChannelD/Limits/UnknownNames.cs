namespace ChannelD.Limits;

/// <summary>
/// The names that a character has asked for in vain within the last minute: their hashes, in the order of asking. A name that is asked for again
/// counts once, from its first time. Guarded by the lock of <see cref="CommandLimits"/>.
/// </summary>
/// <param name="limit">How many it may have.</param>
internal sealed class UnknownNames(int limit)
{
    private readonly int[] _hashes = new int[limit];
    private readonly long[] _endTicks = new long[limit];
    private int _first;
    private int _count;

    /// <summary>When none of them counts any more; <see cref="long.MinValue"/> if none does.</summary>
    public long AllEndTicks => _count == 0 ? long.MinValue : _endTicks[(_first + _count - 1) % limit];

    /// <summary>Whether it has as many as it may.</summary>
    /// <param name="nowTicks">The time.</param>
    /// <param name="waitTicks">How long until it has fewer.</param>
    public bool IsFull(long nowTicks, out long waitTicks)
    {
        Forget(nowTicks);
        waitTicks = _count < limit ? 0 : _endTicks[_first] - nowTicks;
        return _count == limit;
    }

    /// <summary>Adds a name, unless it has it already or is full.</summary>
    /// <param name="hash">The name's hash.</param>
    /// <param name="nowTicks">The time.</param>
    /// <param name="lifeTicks">How long the name counts.</param>
    public void Add(int hash, long nowTicks, long lifeTicks)
    {
        Forget(nowTicks);
        for (int i = 0; i < _count; i++)
        {
            if (_hashes[(_first + i) % limit] == hash)
            {
                return;
            }
        }

        if (_count < limit)
        {
            int free = (_first + _count++) % limit;
            _hashes[free] = hash;
            _endTicks[free] = nowTicks + lifeTicks;
        }
    }

    /// <summary>The same names under another limit; of more than it may have, the latest. Null where the limit is none.</summary>
    /// <param name="newLimit">How many it may have; 0 for any number.</param>
    public UnknownNames? WithLimit(int newLimit)
    {
        if (newLimit == 0)
        {
            return null;
        }

        var names = new UnknownNames(newLimit);
        int kept = Math.Min(_count, newLimit);
        for (int i = 0; i < kept; i++)
        {
            int from = (_first + _count - kept + i) % limit;
            names._hashes[i] = _hashes[from];
            names._endTicks[i] = _endTicks[from];
        }

        names._count = kept;
        return names;
    }

    private void Forget(long nowTicks)
    {
        while (_count > 0 && _endTicks[_first] <= nowTicks)
        {
            _first = (_first + 1) % limit;
            _count--;
        }
    }
}
