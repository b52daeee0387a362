using Shared.Protocol.Names;

namespace ChannelD.Tests.Names;

public class GlobalizationCheckTests
{
    [Fact]
    public void AssertIcu_WithIcu_Passes() => Assert.Null(Record.Exception(GlobalizationCheck.AssertIcu));

    [Fact]
    public void AssertComposes_NormalizationThatDoesNothing_TellsWhatToDo()
    {
        // What Normalize does in invariant mode.
        var thrown = Assert.Throws<InvalidOperationException>(() => GlobalizationCheck.AssertComposes(text => text));
        Assert.Contains("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("ICU", thrown.Message, StringComparison.Ordinal);
    }
}
