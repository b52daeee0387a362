namespace Shared.Operations.Metrics;

/// <summary>The tags of a measurement as a key. Their order counts: the same place in the code gives them in the same order.</summary>
internal sealed class TagSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
{
    private readonly KeyValuePair<string, object?>[] _tags = tags.ToArray();

    /// <summary>The tags.</summary>
    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>Whether these are the same objects: what one place in the code gives again and again is.</summary>
    public bool IsSame(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != _tags.Length)
        {
            return false;
        }

        for (int i = 0; i < tags.Length; i++)
        {
            if (!ReferenceEquals(tags[i].Value, _tags[i].Value) || !ReferenceEquals(tags[i].Key, _tags[i].Key))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares sets, and finds them by tags that are no set yet, without memory.</summary>
    internal sealed class Comparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Tags, y));

        public int GetHashCode(TagSet obj) => GetHashCode(obj.Tags);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
        {
            ReadOnlySpan<KeyValuePair<string, object?>> tags = other.Tags;
            if (tags.Length != alternate.Length)
            {
                return false;
            }

            for (int i = 0; i < tags.Length; i++)
            {
                if (tags[i].Key != alternate[i].Key || !Equals(tags[i].Value, alternate[i].Value))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            // A metric has some dozens of series, which come from the same places with the same names: their values tell them apart, and a look at
            // some letters does. To hash whole words took longer than all else of a measurement.
            int hash = alternate.Length;
            foreach ((string _, object? value) in alternate)
            {
                hash = (hash * 31) + (value is string text ? OfText(text) : value?.GetHashCode() ?? 0);
            }

            return hash;
        }

        private static int OfText(string text) =>
            text.Length == 0 ? 0 : (((((text.Length * 31) + text[0]) * 31) + text[text.Length / 2]) * 31) + text[^1];

        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);
    }
}
