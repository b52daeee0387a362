using IpcBench.Mechanisms;
using IpcBench.Reporting;
using Testing.Support.Folders;

namespace Bench.Tests.Mechanisms;

/// <summary>docs/choosing-ipc.md against the code.</summary>
public sealed class GuideTests
{
    private static readonly string s_guide = File.ReadAllText(Repository.File("docs/choosing-ipc.md"));

    [Fact]
    public void Guide_EveryMechanism_HasItsRow() =>
        Assert.All(MechanismCatalogue.Ids, id => Assert.Single(s_guide.Split('\n'), line => line.StartsWith($"| `{id}` |", StringComparison.Ordinal)));

    [Fact]
    public void Guide_PlaceForFigures_IsThere() => MarkdownSection.CheckHasPlace(s_guide);

    [Fact]
    public void Guide_EverySample_IsLinkedAndEveryLinkLeadsSomewhere()
    {
        string[] linked = [.. s_guide.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)])
            .Where(link => !link.StartsWith('#'))
            .Select(link => Path.GetFullPath(Repository.File(Path.Combine("docs", link))))];
        Assert.All(linked, path => Assert.True(Path.Exists(path), path));

        string[] helpers = ["Program.cs", "Characters.cs", "Lines.cs", "find.py", "lines.py"];
        IEnumerable<string> samples = new[] { ("csharp", "*.cs"), ("c", "*.c"), ("python", "*.py") }
            .SelectMany(kind => Directory.EnumerateFiles(Repository.File($"docs/samples/ipc/{kind.Item1}"), kind.Item2))
            .Where(path => !helpers.Contains(Path.GetFileName(path)));
        Assert.All(samples, path => Assert.Contains(path, linked));
    }
}
