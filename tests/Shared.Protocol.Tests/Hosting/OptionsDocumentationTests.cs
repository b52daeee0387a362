using Shared.Protocol.Hosting;
using Testing.Support.Folders;
using Testing.Support.Options;

namespace Shared.Protocol.Tests.Hosting;

public sealed class OptionsDocumentationTests
{
    [Theory]
    [InlineData(typeof(IpcOptions), IpcOptions.Section)]
    [InlineData(typeof(LogOptions), LogOptions.Section)]
    public void EveryOption_HasDefaultRangeAndARowInTheDocs(Type type, string section)
    {
        string markdown = File.ReadAllText(Repository.File("docs/configuration.md"));

        Assert.Empty(OptionsDocumentation.FindFaults(type, section, markdown));
    }

    [Fact]
    public void FindFaults_OfAnEmptyDocument_FindsEveryOption()
    {
        IReadOnlyList<string> faults = OptionsDocumentation.FindFaults(typeof(LogOptions), LogOptions.Section, "| `Log:Gone` | `1` |");

        Assert.Contains("Log:Level is not in docs/configuration.md.", faults);
        Assert.Contains("docs/configuration.md has Log:Gone, which is no option.", faults);
    }
}
