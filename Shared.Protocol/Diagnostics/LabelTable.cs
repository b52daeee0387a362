using System.Collections.Concurrent;

namespace Shared.Protocol.Diagnostics;

/// <summary>
/// What is counted for each value of a label, found without a lock and without memory, and as a rule by one look: that of the value before is that of the next. The
/// values are kept few as <see cref="BoundedLabel"/> does. For any thread.
/// </summary>
/// <typeparam name="T">What is counted for one value.</typeparam>
/// <param name="maxValues">How many values; some threads that come at once may go beyond it by one each.</param>
/// <param name="make">Makes it, for a value as it is shown. For threads that come at once it may be called several times; one result is kept.</param>
public sealed class LabelTable<T>(int maxValues, Func<string, T> make)
    where T : class
{
    private readonly BoundedLabel _labels = new(maxValues);
    private readonly ConcurrentDictionary<string, Entry> _byLabel = new(StringComparer.Ordinal);
    private volatile Entry? _last;

    /// <summary>All values so far, as they are shown, with what is counted for them.</summary>
    public IEnumerable<KeyValuePair<string, T>> All => _byLabel.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Counted));

    /// <summary>What is counted for a value.</summary>
    public T Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_last is { } last && (ReferenceEquals(last.Label, value) || last.Label == value))
        {
            return last.Counted;
        }

        Entry entry = _byLabel.TryGetValue(value, out Entry? known)
            ? known
            : _byLabel.GetOrAdd(_labels.Of(value), static (label, make) => new Entry(label, make(label)), make);
        _last = entry;
        return entry.Counted;
    }

    private sealed record Entry(string Label, T Counted);
}
