namespace Shared.Protocol.Requests;

/// <summary>
/// Entries that wait for their next use. Each thread has a few at hand, the one used last first, for that one is still in its cache; threads that take and threads that give back
/// pass them on by the magazine, so that a lock is taken once for many. What would be more than <see cref="MaxShared"/> is left to the collector. Safe on every thread.
/// </summary>
/// <typeparam name="T">The entries.</typeparam>
internal static class InFlightPool<T>
    where T : class
{
    private const int MagazineSize = 64;
    private const int MaxShared = 4096;

    private static readonly Lock s_gate = new();
    private static readonly Stack<T[]> s_full = new();
    private static readonly Stack<T[]> s_empty = new();

    [ThreadStatic]
    private static T[]? t_magazine;

    [ThreadStatic]
    private static int t_count;

    /// <summary>Takes one; null where there is none at hand.</summary>
    public static T? TryTake()
    {
        if (t_count == 0 && !TryLoad())
        {
            return null;
        }

        return t_magazine![--t_count];
    }

    /// <summary>Gives one back, which nobody may use from here on.</summary>
    public static void Return(T entry)
    {
        if (t_magazine is null || t_count == MagazineSize)
        {
            Unload();
        }

        t_magazine![t_count++] = entry;
    }

    private static bool TryLoad()
    {
        lock (s_gate)
        {
            if (!s_full.TryPop(out T[]? magazine))
            {
                return false;
            }

            if (t_magazine is { } empty)
            {
                s_empty.Push(empty);
            }

            t_magazine = magazine;
            t_count = MagazineSize;
            return true;
        }
    }

    private static void Unload()
    {
        lock (s_gate)
        {
            if (t_magazine is { } full && s_full.Count < MaxShared / MagazineSize)
            {
                s_full.Push(full);
                t_magazine = null;
            }

            t_magazine ??= s_empty.TryPop(out T[]? empty) ? empty : new T[MagazineSize];
            t_count = 0;
        }
    }
}
