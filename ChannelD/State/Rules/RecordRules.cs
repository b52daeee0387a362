using ChannelD.Moderation;

namespace ChannelD.State.Rules;

/// <summary>What may be done with the record of one character.</summary>
internal static class RecordRules
{
    /// <summary>How many changes are read at once.</summary>
    private const int MaxChanges = 256;

    public static CharacterRecord Load(IStateTransaction state, string key) => new(
        key,
        state.GetVersion(key),
        state.GetMute(key),
        state.GetNames(NameList.Blocks, key),
        state.GetNames(NameList.Buddies, key),
        state.GetBlockingBuddies(key),
        state.FindPartyOf(key));

    public static bool SetMute(IStateTransaction state, string key, Mute? mute)
    {
        if (mute is { } given)
        {
            state.PutMute(key, given);
        }
        else if (state.GetMute(key) is null)
        {
            return false;
        }
        else
        {
            state.RemoveMute(key);
        }

        state.MarkChanged(key);
        return true;
    }

    public static ListStatus AddName(IStateTransaction state, NameList list, string owner, KeptName name)
    {
        IReadOnlyList<KeptName> names = state.GetNames(list, owner);
        if (names.Any(known => known.Key == name.Key))
        {
            return ListStatus.AlreadyThere;
        }

        if (names.Count >= StateLimits.MaxNames)
        {
            return ListStatus.Full;
        }

        state.AddName(list, owner, name);
        MarkChanged(state, list, owner, name.Key);
        return ListStatus.Done;
    }

    public static ListStatus RemoveName(IStateTransaction state, NameList list, string owner, string key)
    {
        if (!state.GetNames(list, owner).Any(known => known.Key == key))
        {
            return ListStatus.NotThere;
        }

        state.RemoveName(list, owner, key);
        MarkChanged(state, list, owner, key);
        return ListStatus.Done;
    }

    public static ChangeBatch ReadChanges(IStateTransaction state, long after)
    {
        IReadOnlyList<(string Key, long Number)> changes = state.GetChanges(after, MaxChanges);

        // One change can concern several: the last number may have more than were read, so it is read again from there.
        bool hasMore = changes.Count == MaxChanges;
        long cursor = changes.Count == 0 ? after : hasMore ? changes[^1].Number - 1 : changes[^1].Number;
        return new ChangeBatch(cursor, [.. changes.Select(change => change.Key)], hasMore);
    }

    private static void MarkChanged(IStateTransaction state, NameList list, string owner, string key)
    {
        state.MarkChanged(owner);
        if (list == NameList.Blocks)
        {
            // Whoever is blocked by a friend has that in its own record.
            state.MarkChanged(key);
        }
    }
}
