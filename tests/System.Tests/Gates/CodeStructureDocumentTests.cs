using Testing.Support.Folders;

namespace System.Tests.Gates;

public sealed class CodeStructureDocumentTests
{
    private static readonly string[] s_products = ["Shared.Protocol", "Shared.Operations", "Shared.Terminal", "Gsctl", "ChannelD", "ChatD", "ChatClient", "bench"];

    [Fact]
    public void Document_EveryFolderWithCode_IsListed()
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs/code-structure.md"));
        IEnumerable<string> folders = s_products
            .SelectMany(product => Directory.EnumerateFiles(Path.Combine(Repository.Root, product), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!))
            .Where(folder => !folder.Split('/').Any(part => part is "bin" or "obj"));
        IEnumerable<string> tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(project)!));
        string[] unlisted = [.. folders.Concat(tests).Distinct().Where(folder => !document.Contains($"`{folder}`", StringComparison.Ordinal))];
        Assert.Empty(unlisted);
    }

    [Fact]
    public void Document_EveryListedFolder_IsThere()
    {
        string[] missing = [.. File.ReadLines(Path.Combine(Repository.Root, "docs/code-structure.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split('`').Where((_, index) => index % 2 == 1))
            .Where(folder => !Directory.Exists(Path.Combine(Repository.Root, folder)))];
        Assert.Empty(missing);
    }
}
