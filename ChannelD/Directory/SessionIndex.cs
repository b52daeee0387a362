using System.Diagnostics.CodeAnalysis;

namespace ChannelD.Directory;

/// <summary>
/// Who plays what, grouped by run of a chatD, so that the sessions of an ended run are found without looking at any other.
/// Guarded by the directory's lock.
/// </summary>
internal sealed class SessionIndex
{
    private readonly Dictionary<(int ChatInstance, ulong Generation), Dictionary<int, CharacterEntry>> _runs = [];

    /// <summary>How many sessions there are. Counts one by one; for tests.</summary>
    public int Count => _runs.Values.Sum(run => run.Count);

    public bool TryGet(SessionId session, [NotNullWhen(true)] out CharacterEntry? entry)
    {
        entry = null;
        return _runs.TryGetValue((session.ChatInstance, session.Generation), out Dictionary<int, CharacterEntry>? run)
            && run.TryGetValue(session.UserId, out entry);
    }

    public void Add(CharacterEntry entry)
    {
        (int, ulong) key = (entry.Session.ChatInstance, entry.Session.Generation);
        if (!_runs.TryGetValue(key, out Dictionary<int, CharacterEntry>? run))
        {
            run = [];
            _runs.Add(key, run);
        }

        run.Add(entry.Session.UserId, entry);
    }

    public void Remove(SessionId session)
    {
        (int, ulong) key = (session.ChatInstance, session.Generation);
        if (_runs.TryGetValue(key, out Dictionary<int, CharacterEntry>? run) && run.Remove(session.UserId) && run.Count == 0)
        {
            _runs.Remove(key);
        }
    }

    /// <summary>Up to <paramref name="limit"/> characters of a chatD whose run is not the given one.</summary>
    public List<CharacterEntry> TakeOfOtherRuns(int chatInstance, ulong exceptGeneration, int limit)
    {
        var taken = new List<CharacterEntry>();
        foreach (((int instance, ulong generation), Dictionary<int, CharacterEntry> run) in _runs)
        {
            if (instance == chatInstance && generation != exceptGeneration)
            {
                taken.AddRange(run.Values.Take(limit - taken.Count));
            }
        }

        return taken;
    }
}
