using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Simulation;

/// <summary>
/// The bugs in <c>Mutants/</c> are put into the product by the script <c>mutants</c>, which shows that the simulation finds each. Here: that
/// they can still be put in.
/// </summary>
public sealed class MutantTests
{
    [Theory]
    [MemberData(nameof(Patches))]
    public async Task Patch_OnThisTree_Applies(string patch)
    {
        string path = Repository.File($"tests/Simulation/Mutants/{patch}");
        using var git = new ChildProcess("git", "-C", Repository.Root, "apply", "--check", path);
        int exitCode = await git.EndAsync();
        Assert.True(exitCode == 0, $"{git.Error}Make the change that {patch} describes in the code as it is now, and write 'git diff' into it.");
        Assert.Contains(await File.ReadAllLinesAsync(path), line => line.StartsWith("Breaks: ", StringComparison.Ordinal));
    }

    public static TheoryData<string> Patches() =>
        [.. Directory.GetFiles(Repository.File("tests/Simulation/Mutants"), "*.patch").Select(path => Path.GetFileName(path)).Order()];
}
