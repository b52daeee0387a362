using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Users;

namespace Transport.Conformance.SysV;

/// <summary>What another user made under the key is refused, with all that an operator needs to know.</summary>
public sealed class SysVOwnershipTests : SysVTestBase
{
    private const int Anyone = 0x1B6;

    [RequiresRootFact]
    public void Open_QueueOfAnotherUser_IsRefusedAndNothingIsLeft()
    {
        int id = MakeQueue(Keys.ResultKey, SysVTransportOptions.OwnerOnly);
        GiveQueueTo(id, OtherUid);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));

        Assert.Contains($"uid {OtherUid}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"uid {Unistd.geteuid()}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"`ipcrm -Q 0x{Keys.ResultKey:x}`", refused.Message, StringComparison.Ordinal);
        Assert.Equal(id, Keys.ResultQueueId);
        Assert.Null(Keys.RequestQueueId);
        Assert.Null(Keys.SemaphoreSetId);
    }

    [RequiresRootFact(compilesC: true)]
    public async Task Open_QueueMadeByAnotherUserAndGivenAway_IsRefused()
    {
        using var folder = new TempFolder();
        string squat = await CCompiler.CompileTextAsync(folder, "squat", """
            #include <stdio.h>
            #include <stdlib.h>
            #include <unistd.h>
            #include <sys/msg.h>

            int main(int argc, char **argv)
            {
                if (argc != 2 || setuid(65534) != 0) return 1;
                return msgget(atoi(argv[1]), IPC_CREAT | IPC_EXCL | 0666) < 0;
            }
            """);
        await ProcessOutput.ReadAsync(squat, $"{Keys.RequestKey}");
        GiveQueueTo(Keys.RequestQueueId!.Value, Unistd.geteuid());

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD, isForeign: true));
        Assert.Contains($"was made by uid {OtherUid}", refused.Message, StringComparison.Ordinal);
    }

    [RequiresRootFact]
    public async Task Open_QueueOfAnAllowedUser_IsUsed()
    {
        GiveQueueTo(MakeQueue(Keys.RequestKey, SysVTransportOptions.OwnerOnly), OtherUid);
        var options = new SysVTransportOptions { RequestKey = Keys.RequestKey, Claim = ChannelD, AllowedOwnerUids = [OtherUid] };

        await using SysVTransport transport = SysVTransport.Open(options, Logger);
        Assert.Equal(SendStatus.Sent, transport.TrySend(Requests, [1]));
    }

    [Fact]
    public void Open_QueueAnyoneMayUse_IsRefused()
    {
        MakeQueue(Keys.RequestKey, Anyone);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains("has mode 0666; it must have 0600", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_QueueAnyoneMayUseOnAForeignWire_IsUsed()
    {
        MakeQueue(Keys.RequestKey, Anyone);

        await using SysVTransport transport = Open(ChannelD, isForeign: true);
        Assert.Equal(SendStatus.Sent, transport.TrySend(Requests, [1]));
    }

    [Fact]
    public void Open_SemaphoreSetOfAnotherProgram_IsRefused()
    {
        Assert.True(SysSem.semget(Keys.RequestKey, 3, SysIpc.IPC_CREAT | SysVTransportOptions.OwnerOnly).Succeeded);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains($"`ipcrm -S 0x{Keys.RequestKey:x}`", refused.Message, StringComparison.Ordinal);
        Assert.Null(Keys.RequestQueueId);
    }

    [RequiresRootFact]
    public async Task Open_ModeWithAGroup_GivesItToTheGroup()
    {
        var options = new SysVTransportOptions
        {
            RequestKey = Keys.RequestKey,
            Claim = ChannelD,
            Mode = SysVTransportOptions.OwnerAndGroup,
            GroupId = OtherUid,
        };

        await using SysVTransport transport = SysVTransport.Open(options, Logger);
        SysMsg.Stat(Keys.RequestQueueId!.Value, out MsqidDs queue);
        SysSem.Stat(Keys.SemaphoreSetId!.Value, out SemidDs set);
        Assert.Equal((OtherUid, 0x1B0u), (queue.msg_perm.gid, queue.msg_perm.mode & SysIpc.PermissionMask));
        Assert.Equal((OtherUid, 0x1B0u), (set.sem_perm.gid, set.sem_perm.mode & SysIpc.PermissionMask));
    }

    [Theory]
    [InlineData(0x1B0, null)]
    [InlineData(0x180, 5u)]
    [InlineData(0x1B6, 5u)]
    [InlineData(0, null)]
    public void Open_ModeAndGroupThatContradict_IsMisuse(int mode, uint? group) => Assert.Throws<ArgumentException>(() => SysVTransport.Open(
        new SysVTransportOptions { RequestKey = Keys.RequestKey, Claim = ChannelD, Mode = mode, GroupId = group }, Logger));

    [Fact]
    public void Open_BothKeysTheSame_IsMisuse() => Assert.Throws<ArgumentException>(() => SysVTransport.Open(
        new SysVTransportOptions { RequestKey = Keys.RequestKey, ResultKey = Keys.RequestKey, Claim = ChannelD }, Logger));
}
