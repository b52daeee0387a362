using System.Globalization;

namespace Measuring;

/// <summary>What of a process is in memory at a moment.</summary>
/// <param name="RssBytes">All pages that it has mapped and that are there, those of libraries among them, whoever else uses them too.</param>
/// <param name="PssBytes">The same, but a page that several processes have counts for each by its share.</param>
/// <param name="PrivateBytes">The pages that nobody else has.</param>
public readonly record struct ResidentMemory(long RssBytes, long PssBytes, long PrivateBytes)
{
    private const long BytesInKb = 1024;

    /// <summary>Reads it of a process of the caller's own user, by its id.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public static ResidentMemory Of(int processId)
    {
        string[] lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/smaps_rollup"));
        return new ResidentMemory(Read("Rss:"), Read("Pss:"), Read("Private_Clean:") + Read("Private_Dirty:"));

        // NAME:     NUMBER kB
        long Read(string name) => lines.Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2).Trim(), CultureInfo.InvariantCulture)) * BytesInKb;
    }
}
