namespace Testing.Support.Folders;

/// <summary>
/// A part of a document that a test makes: what stands between <c>&lt;!-- NAME: … --&gt;</c> and the next <c>&lt;!-- end --&gt;</c>, each on a line of its own.
/// </summary>
public static class GeneratedPart
{
    private const string End = "<!-- end -->";

    /// <summary>
    /// Compares the part with what it has to be. With <c>UPDATE_DOCS=1</c> in the environment it is written first.
    /// </summary>
    /// <param name="document">The document's path in the repository.</param>
    /// <param name="name">The part's name.</param>
    /// <param name="wanted">What it has to be: whole lines, without the one at the end.</param>
    /// <returns>What is wrong; null where it is as it has to be.</returns>
    public static async Task<string?> FindFaultAsync(string document, string name, string wanted)
    {
        string path = Repository.File(document);
        string text = await File.ReadAllTextAsync(path);
        int begin = text.IndexOf($"<!-- {name}:", StringComparison.Ordinal);
        int from = begin < 0 ? -1 : text.IndexOf('\n', begin) + 1;
        int to = from <= 0 ? -1 : text.IndexOf(End, from, StringComparison.Ordinal);
        if (to < 0)
        {
            return $"{document} has no part '{name}'.";
        }

        string after = $"{text[..from]}\n{wanted}\n\n{text[to..]}";
        if (after != text && Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, after);
            text = after;
        }

        return after == text ? null : $"The part '{name}' of {document} has to be (UPDATE_DOCS=1 writes it):\n{wanted}";
    }
}
