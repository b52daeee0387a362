using ChatClient.Connection;

namespace ChatClient.Tests.Connection;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:7777")]
    [InlineData("game.example.org:1")]
    [InlineData("[::1]:65535")]
    [InlineData("unix:/run/chatd.sock")]
    [InlineData("unix:relative/path")]
    public void TryParse_Address_GivesItBackAsText(string text)
    {
        Assert.True(ServerAddress.TryParse(text, out ServerAddress? address, out _));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7777")]
    [InlineData("host")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("host: 1")]
    [InlineData("::1:7777")]
    [InlineData("unix:")]
    public void TryParse_NoAddress_SaysWhatIsWrong(string text)
    {
        Assert.False(ServerAddress.TryParse(text, out _, out string? problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void TryParse_UnixPathOfKorean_CountsBytes()
    {
        Assert.True(ServerAddress.TryParse("unix:" + new string('가', 35), out _, out _));
        Assert.False(ServerAddress.TryParse("unix:" + new string('가', 36), out _, out string? problem));
        Assert.Contains("108", problem, StringComparison.Ordinal);
    }
}
