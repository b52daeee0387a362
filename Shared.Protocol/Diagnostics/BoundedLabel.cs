using System.Collections.Concurrent;

namespace Shared.Protocol.Diagnostics;

/// <summary>
/// Keeps the values of a label few, where they come from another process: so many different ones as there may be, the first to come, and one word for all
/// others. A value that is known takes no lock and no memory. For any thread.
/// </summary>
/// <param name="maxValues">How many; some threads that come at once may go beyond it by one each.</param>
public sealed class BoundedLabel(int maxValues)
{
    /// <summary>What stands for all values beyond the bound, and for those that are too long.</summary>
    public const string Other = "other";

    /// <summary>What stands for an empty value.</summary>
    public const string None = "none";

    private const int MaxChars = 64;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The label of a value.</summary>
    public string Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0)
        {
            return None;
        }

        if (_known.TryGetValue(value, out string? label))
        {
            return label;
        }

        if (value.Length > MaxChars || Volatile.Read(ref _count) >= maxValues)
        {
            return Other;
        }

        if (_known.TryAdd(value, value))
        {
            Interlocked.Increment(ref _count);
        }

        return value;
    }
}
