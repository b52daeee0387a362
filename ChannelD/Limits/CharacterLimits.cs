namespace ChannelD.Limits;

/// <summary>What one character has used up. Guarded by the lock of <see cref="CommandLimits"/>.</summary>
internal sealed class CharacterLimits
{
    private readonly long[] _fullAtTicks;

    public CharacterLimits(string key, int classes)
    {
        Key = key;
        _fullAtTicks = new long[classes];
        Array.Fill(_fullAtTicks, long.MinValue);
        Node = new LinkedListNode<CharacterLimits>(this);
    }

    /// <summary>The character's name key.</summary>
    public string Key { get; }

    /// <summary>Its place among all, which are in the order of their last use.</summary>
    public LinkedListNode<CharacterLimits> Node { get; }

    /// <summary>The names it has asked for in vain; null while there are none.</summary>
    public UnknownNames? Unknown { get; set; }

    /// <summary>When the bucket of a class is full again.</summary>
    public ref long FullAtTicks(int index) => ref _fullAtTicks[index];

    /// <summary>Has everything go on under other limits.</summary>
    public void Convert(LimitSet from, LimitSet to, long nowTicks)
    {
        for (int i = 0; i < _fullAtTicks.Length; i++)
        {
            _fullAtTicks[i] = from.Rates[i].Convert(_fullAtTicks[i], nowTicks, to.Rates[i]);
        }

        if (from.UnknownNames != to.UnknownNames)
        {
            Unknown = Unknown?.WithLimit(to.UnknownNames);
        }
    }

    /// <summary>Whether it is as if it had never done anything: nothing is lost by forgetting it.</summary>
    public bool IsFresh(long nowTicks)
    {
        foreach (long fullAt in _fullAtTicks)
        {
            if (fullAt > nowTicks)
            {
                return false;
            }
        }

        return Unknown is null || Unknown.AllEndTicks <= nowTicks;
    }
}
