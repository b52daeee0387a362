using Shared.Operations.Endpoint;

namespace Shared.Operations.Tests.Endpoint;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("127.0.0.1:7780", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("[::1]:7780", true)]
    [InlineData("localhost:7780", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("chatd:9464", true)]
    [InlineData("ChatD", true)]
    [InlineData("", true)]
    [InlineData("stranger.example", false)]
    [InlineData("localhost.stranger.example:7780", false)]
    [InlineData("127.0.0.1.stranger.example", false)]
    [InlineData("chatd.stranger.example:9464", false)]
    [InlineData("[stranger", false)]
    public void Knows_Host_AddressesLocalhostAndWhatIsNamed(string host, bool isKnown) =>
        Assert.Equal(isKnown, HostNames.Of("channel1, chatd").Knows(host));

    [Fact]
    public void Knows_AnyName_WhereThatIsSaid()
    {
        Assert.True(HostNames.Of("*").Knows("stranger.example"));
        Assert.False(HostNames.Of(null).Knows("chatd"));
    }
}
