using System.Text.Json;
using Testing.Support.Processes;

namespace System.Tests.Gates;

/// <summary>What the projects say to the runtime, as it is built: a property of another name than the SDK's says nothing, and nobody complains.</summary>
public sealed class RuntimeSettingsTests
{
    [Theory]
    [InlineData("ChatD")]
    [InlineData("ChannelD")]
    public void RuntimeConfig_OfADaemon_HasTheWorkstationCollectorAndLearnsFromItsFirstRuns(string name)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(BuiltProgram.Path(name), ".runtimeconfig.json")));
        JsonElement properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.False(properties.GetProperty("System.GC.Server").GetBoolean());
        Assert.True(properties.GetProperty("System.Runtime.TieredPGO").GetBoolean());
    }
}
