using ChatD.Connections;

namespace ChatD.Tests.Connections;

public sealed class LineCheckTests
{
    [Theory]
    [InlineData("/찾기 타락파워전사", null)]
    [InlineData("", null)]
    [InlineData("/찾기 \u001b[31m", "bad_text")]
    [InlineData("/찾기 \u009b31m", "bad_text")]
    [InlineData("a\nb", "bad_text")]
    [InlineData("a\0", "bad_text")]
    public void FindFault_ALine_IsJudged(string line, string? fault) => Assert.Equal(fault, LineCheck.FindFault(line, 20));

    [Fact]
    public void FindFault_OneUnitTooLong_IsTooLarge()
    {
        Assert.Null(LineCheck.FindFault(new string('가', 20), 20));
        Assert.Equal("too_large", LineCheck.FindFault(new string('가', 21), 20));
    }
}
