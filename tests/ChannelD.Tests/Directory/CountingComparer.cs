namespace ChannelD.Tests.Directory;

/// <summary>Ordinal, and counts what a dictionary asks it.</summary>
internal sealed class CountingComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    public long Hashes { get; private set; }

    public long Comparisons { get; private set; }

    public void Reset() => (Hashes, Comparisons) = (0, 0);

    public bool Equals(string? x, string? y)
    {
        Comparisons++;
        return string.Equals(x, y, StringComparison.Ordinal);
    }

    public int GetHashCode(string obj)
    {
        Hashes++;
        return string.GetHashCode(obj, StringComparison.Ordinal);
    }

    public bool Equals(ReadOnlySpan<char> alternate, string other)
    {
        Comparisons++;
        return alternate.SequenceEqual(other);
    }

    public int GetHashCode(ReadOnlySpan<char> alternate)
    {
        Hashes++;
        return string.GetHashCode(alternate, StringComparison.Ordinal);
    }

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();
}
