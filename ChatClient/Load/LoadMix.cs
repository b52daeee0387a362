using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatClient.Load;

/// <summary>How often each kind of line is typed, as weights.</summary>
public sealed class LoadMix
{
    private static readonly string[] s_names = [.. Enum.GetNames<LoadLineKind>().Select(static name => name.ToLowerInvariant())];

    private readonly int[] _upTo;

    private LoadMix(int[] weights)
    {
        Weights = weights;
        _upTo = new int[weights.Length];
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            _upTo[i] = sum += weights[i];
        }
    }

    /// <summary>Searches alone.</summary>
    public static LoadMix Default { get; } = new([1, 0, 0, 0]);

    /// <summary>The weight of each <see cref="LoadLineKind"/>, in their order.</summary>
    public IReadOnlyList<int> Weights { get; }

    /// <summary>Reads <c>find=90,say=10</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LoadMix? mix, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        mix = null;
        int[] weights = new int[s_names.Length];
        foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.Split('=', 2);
            int kind = Array.IndexOf(s_names, parts[0]);
            if (kind < 0)
            {
                problem = $"there is no '{parts[0]}': it is {string.Join(", ", s_names)}";
                return false;
            }

            if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out weights[kind]) || weights[kind] > 1_000_000)
            {
                problem = $"'{entry}' needs a weight, such as {parts[0]}=90";
                return false;
            }
        }

        if (weights.Sum() == 0)
        {
            problem = "all weights are 0";
            return false;
        }

        mix = new LoadMix(weights);
        problem = null;
        return true;
    }

    /// <summary>Draws a kind.</summary>
    public LoadLineKind Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int drawn = random.Next(_upTo[^1]);
        int kind = 0;
        while (drawn >= _upTo[kind])
        {
            kind++;
        }

        return (LoadLineKind)kind;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        ',', Weights.Select(static (weight, kind) => (weight, kind)).Where(static pair => pair.weight > 0).Select(static pair => $"{s_names[pair.kind]}={pair.weight}"));
}
