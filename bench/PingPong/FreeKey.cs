using System.Globalization;

namespace PingPong;

/// <summary>Finds keys on which nothing exists.</summary>
internal static class FreeKey
{
    // Far above what people and ftok choose by habit.
    private const int FirstKey = 0x4000_0000;
    private const int LastKey = 0x7FFF_FFF0;

    // The daemons of the benchmark take the first two, the C program the third and the fourth.
    private const int Count = 4;

    /// <summary>The first of four free keys.</summary>
    internal static int Find()
    {
        HashSet<int> taken = [.. KeysIn("/proc/sysvipc/msg"), .. KeysIn("/proc/sysvipc/sem")];
        int key;
        do
        {
            key = Random.Shared.Next(FirstKey, LastKey);
        }
        while (Enumerable.Range(key, Count).Any(taken.Contains));

        return key;
    }

    private static IEnumerable<int> KeysIn(string table) =>
        from line in File.ReadLines(table).Skip(1)
        select int.Parse(line.AsSpan().TrimStart()[..line.AsSpan().TrimStart().IndexOf(' ')], CultureInfo.InvariantCulture);
}
