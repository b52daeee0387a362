namespace Shared.Protocol.Hosting.Settings;

/// <summary>Finds the known name that a mistyped one was probably meant to be.</summary>
internal static class DidYouMean
{
    /// <summary>A clause such as <c> Did you mean Ipc:RequestKey?</c> with a leading space, or nothing where no name is near.</summary>
    public static string Clause(string given, IEnumerable<string> known)
    {
        (string Name, int Edits)[] near = [.. known
            .Select(name => (Name: name, Edits: Edits(given.ToUpperInvariant(), name.ToUpperInvariant())))
            // A third of the letters wrong is another word.
            .Where(candidate => candidate.Edits <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Edits)];
        return near.Length == 0 ? "" : $" Did you mean {near[0].Name}?";
    }

    // Levenshtein's distance, with one row. A key can come from anywhere: what is far longer than any name is not measured.
    private static int Edits(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > right.Length / 3 + 1)
        {
            return int.MaxValue;
        }

        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
