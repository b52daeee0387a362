using System.Reflection;
using ChannelD;
using ChannelD.Limits;
using ChatD.Configuration;
using Shared.Operations;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;
using Testing.Support.Folders;
using Testing.Support.Options;

namespace System.Tests.Gates;

public sealed class ConfigurationDocumentTests
{
    private static readonly (Type Type, string Section)[] s_sections =
    [
        (typeof(IpcOptions), IpcOptions.Section), (typeof(LogOptions), LogOptions.Section), (typeof(OpsOptions), OpsOptions.Section),
        (typeof(ChatOptions), ChatOptions.Section), (typeof(ChannelOptions), ChannelOptions.Section), (typeof(LimitOptions), LimitOptions.Section),
    ];

    [Theory]
    [InlineData(typeof(ChatOptions), ChatOptions.Section)]
    [InlineData(typeof(ChannelOptions), ChannelOptions.Section)]
    [InlineData(typeof(LimitOptions), LimitOptions.Section)]
    public void EveryOption_HasDefaultRangeAndARowInTheDocs(Type type, string section)
    {
        string markdown = File.ReadAllText(Repository.File("docs/configuration.md"));

        Assert.Empty(OptionsDocumentation.FindFaults(type, section, markdown));
    }

    [Fact]
    public async Task ReloadableOptions_AreThoseThatTheDocumentNames()
    {
        string[] names = [.. s_sections.SelectMany(static section => ReloadableOf(section.Type, section.Section)).Select(static name => $"`{name}`")];

        Assert.Null(await GeneratedPart.FindFaultAsync("docs/configuration.md", "reloadable", $"Changed by SIGHUP: {string.Join(", ", names)}. All others at the next start."));
    }

    private static IEnumerable<string> ReloadableOf(Type type, string section) => type.IsDefined(typeof(ReloadableAttribute))
        ? [$"{section}:*"]
        : type.GetProperties().Where(static option => option.IsDefined(typeof(ReloadableAttribute))).Select(option => $"{section}:{option.Name}");
}
