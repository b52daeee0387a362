using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;

namespace Transport.Conformance.SysV;

/// <summary>Two daemons of one group start in the same instant.</summary>
public sealed class SysVLateGroupTests : SysVTestBase
{
    [Theory]
    [InlineData((int)Errno.None)]
    [InlineData((int)Errno.EACCES)]
    public async Task Open_SetIsBeingGivenToTheGroup_WaitsForIt(int error)
    {
        await using SysVTransport first = Open(ChannelD, SysVCalls.Kernel);
        await using SysVTransport second = Open(ChatD, new LateGroupCalls((Errno)error) { EarlyLooks = 3 });
        Assert.Equal(SendStatus.Sent, second.TrySend(Requests, [1]));
    }

    [Fact]
    public async Task Open_SetStaysAnothers_IsRefused()
    {
        await using SysVTransport first = Open(ChannelD, SysVCalls.Kernel);
        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChatD, new LateGroupCalls(Errno.None) { EarlyLooks = int.MaxValue }));
        Assert.Contains("belongs to gid", refused.Message, StringComparison.Ordinal);
    }

    private SysVTransport Open(DaemonClaim claim, SysVCalls calls) => SysVTransport.Open(
        new SysVTransportOptions { RequestKey = Keys.RequestKey, Claim = claim, Mode = SysVTransportOptions.OwnerAndGroup, GroupId = Unistd.getegid() },
        Logger,
        calls);
}
