using Gsctl.Discovery;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;

namespace Gsctl.Tests.Discovery;

public sealed class DaemonSelectionTests
{
    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(1, null, true, false)]
    [InlineData(0, null, false, false)]
    [InlineData(null, 3, false, true)]
    [InlineData(1, 3, true, true)]
    public void Includes_ByNumberAndByChannel(int? chat, int? channel, bool isChatIn, bool isChannelIn)
    {
        DaemonSelection selection = new(chat, channel, []);

        Assert.Equal(isChatIn, selection.Includes(new DaemonClaim(DaemonRole.ChatD, 1)));
        Assert.Equal(isChannelIn, selection.Includes(new DaemonClaim(DaemonRole.ChannelD, 2)));
    }

    [Fact]
    public void SocketPath_IsReadBack()
    {
        DaemonClaim claim = new(DaemonRole.ChannelD, 255);
        string name = DaemonSocketPath.NameOf(1234, DaemonSocketPath.Administration, claim);

        Assert.Equal("000004d2-admin-channeld-255.sock", name);
        Assert.True(DaemonSocketPath.TryParse(name, out int key, out string purpose, out DaemonClaim read));
        Assert.Equal((1234, "admin", claim), (key, purpose, read));
    }

    [Theory]
    [InlineData("000004d2-result-0.sock")]
    [InlineData("000004d2-admin-chatd-256.sock")]
    [InlineData("000004d2-admin-other-0.sock")]
    [InlineData("x-admin-chatd-0.sock")]
    [InlineData("000004d2-admin-chatd-0")]
    public void SocketPath_OfAnythingElse_IsNotRead(string name) => Assert.False(DaemonSocketPath.TryParse(name, out _, out _, out _));
}
