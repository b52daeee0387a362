using Testing.Support.Folders;

namespace Faults.Tests;

/// <summary>The runs that once failed, one a line of a file, each with what it found.</summary>
public static class FailedSeeds
{
    private const char Comment = '#';

    public static TheoryData<string> All =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "Faults.Tests", "failed-seeds.txt"))
            .Select(static line => line.Split(Comment)[0].Trim())
            .Where(static line => line.Length > 0)];
}
