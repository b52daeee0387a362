using ChannelD;
using ChannelD.Limits;
using ChatD.Configuration;
using Testing.Support.Folders;
using Testing.Support.Options;

namespace System.Tests.Gates;

public sealed class ConfigurationDocumentTests
{
    [Theory]
    [InlineData(typeof(ChatOptions), ChatOptions.Section)]
    [InlineData(typeof(ChannelOptions), ChannelOptions.Section)]
    [InlineData(typeof(LimitOptions), LimitOptions.Section)]
    public void EveryOption_HasDefaultRangeAndARowInTheDocs(Type type, string section)
    {
        string markdown = File.ReadAllText(Repository.File("docs/configuration.md"));

        Assert.Empty(OptionsDocumentation.FindFaults(type, section, markdown));
    }
}
