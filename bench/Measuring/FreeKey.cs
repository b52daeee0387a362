using System.Globalization;

namespace Measuring;

/// <summary>Finds System V keys on which nothing exists.</summary>
public static class FreeKey
{
    // Far above what people and ftok choose by habit.
    private const int FirstKey = 0x4000_0000;
    private const int LastKey = 0x7FFF_FF00;

    /// <summary>The first of so many free keys, which follow each other.</summary>
    public static int Find(int count)
    {
        HashSet<int> taken = [.. KeysIn("/proc/sysvipc/msg"), .. KeysIn("/proc/sysvipc/sem")];
        int key;
        do
        {
            key = Random.Shared.Next(FirstKey, LastKey);
        }
        while (Enumerable.Range(key, count).Any(taken.Contains));

        return key;
    }

    private static IEnumerable<int> KeysIn(string table) =>
        from line in File.ReadLines(table).Skip(1)
        select int.Parse(line.AsSpan().TrimStart()[..line.AsSpan().TrimStart().IndexOf(' ')], CultureInfo.InvariantCulture);
}
