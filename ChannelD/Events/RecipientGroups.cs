using ChannelD.Directory;

namespace ChannelD.Events;

/// <summary>
/// Sorts recipients by their chatDs, in the order in which they come. Each thread has one and uses it again: a message to a full map allocates
/// nothing for it.
/// </summary>
internal sealed class RecipientGroups
{
    // One message to a whole world must not leave its lists with every thread that ever sent one.
    private const int MaxKeptIds = 4096;

    [ThreadStatic]
    private static RecipientGroups? t_groups;

    private readonly List<RecipientGroup> _groups = [];
    private int _count;

    /// <summary>Sorts recipients. What is returned is the calling thread's, and good until its next call.</summary>
    public static RecipientGroups Of(IReadOnlyList<SessionId> recipients)
    {
        RecipientGroups groups = t_groups ??= new RecipientGroups();
        groups._count = 0;
        for (int i = 0; i < recipients.Count; i++)
        {
            groups.Add(recipients[i]);
        }

        return groups;
    }

    /// <summary>The groups, for a <c>foreach</c>.</summary>
    public ReadOnlySpan<RecipientGroup>.Enumerator GetEnumerator() =>
        ((ReadOnlySpan<RecipientGroup>)System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_groups)[.._count]).GetEnumerator();

    private void Add(SessionId session)
    {
        // A few chatDs at most, and most recipients follow one of their own chatD.
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_groups[i].ChatInstance == session.ChatInstance && _groups[i].Generation == session.Generation)
            {
                _groups[i].UserIds.Add(session.UserId);
                return;
            }
        }

        if (_count == _groups.Count)
        {
            _groups.Add(new RecipientGroup());
        }
        else if (_groups[_count].UserIds.Capacity > MaxKeptIds)
        {
            _groups[_count] = new RecipientGroup();
        }

        RecipientGroup group = _groups[_count++];
        group.ChatInstance = session.ChatInstance;
        group.Generation = session.Generation;
        group.UserIds.Clear();
        group.UserIds.Add(session.UserId);
    }
}
