using System.Net;
using System.Net.Sockets;
using Shared.Protocol.Hosting;

namespace Shared.Protocol.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Fact]
    public void TryParseAll_SeveralKinds_AreAllFound()
    {
        Assert.True(ListenAddress.TryParseAll(
            "127.0.0.1:7001, [::1]:7002; localhost:7003,*:7004, unix:/run/x/chat.sock", out IReadOnlyList<EndPoint> endPoints, out string? fault));
        Assert.Null(fault);
        Assert.Equal(
            [
                new IPEndPoint(IPAddress.Loopback, 7001),
                new IPEndPoint(IPAddress.IPv6Loopback, 7002),
                new IPEndPoint(IPAddress.Loopback, 7003),
                new IPEndPoint(IPAddress.IPv6Any, 7004),
                new UnixDomainSocketEndPoint("/run/x/chat.sock"),
            ],
            endPoints);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("7777")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("example.org:7777")]
    [InlineData("unix:")]
    public void TryParseAll_NoAddress_SaysWhatIsWrong(string text)
    {
        Assert.False(ListenAddress.TryParseAll(text, out _, out string? fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParseAll_UnixPathTooLong_NamesBothNumbers()
    {
        Assert.False(ListenAddress.TryParseAll("unix:/" + new string('x', 107), out _, out string? fault));
        Assert.Contains("108 bytes (1 to 107)", fault, StringComparison.Ordinal);
    }
}
