namespace Simulation;

/// <summary>A source of chance (SplitMix64): the same seed gives the same numbers, on every run time.</summary>
/// <param name="seed">Where it begins.</param>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed * 0xD1342543DE82EF95;

    /// <summary>One of the independent sources of a world.</summary>
    /// <param name="seed">The world's seed.</param>
    /// <param name="stream">What it is for.</param>
    /// <param name="index">Which of those.</param>
    public static SimRandom For(ulong seed, SimStream stream, long index = 0) =>
        new(new SimRandom(seed).Next() ^ new SimRandom(((ulong)stream << 40) ^ (ulong)index).Next());

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)(Next() % (uint)bound);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>.</summary>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte b in bytes)
        {
            b = (byte)Next();
        }
    }
}
