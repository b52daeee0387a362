using ChannelD.Directory;
using ChannelD.State;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Social;

public sealed class BlockCommandTests : SocialTest
{
    private readonly SessionId _me;

    public BlockCommandTests() => _me = Channel.LogIn(1, "전사");

    [Theory]
    [InlineData("/차단 법사")]
    [InlineData("/차단 추가 법사")]
    [InlineData("/BLOCK Add 법사")]
    public void Add_Name_IsBlockedAndChatDIsTold(string line)
    {
        Channel.AssertAnswer(_me, line, ResultStatus.Ok, "block", "added", "법사");
        Assert.Equal("법사", Assert.Single(Channel.Service<OnlineRecords>().Find("전사")!.Blocks).Display);
        Assert.Equal(["법사"], Assert.Single(Channel.Events.Updates).BlockedKeys);
        Channel.AssertAnswer(_me, line, ResultStatus.Ok, "block", "already_there", "법사");
        Assert.Single(Channel.Events.Updates);
        Assert.Empty(Channel.Events.Pushed);
    }

    [Fact]
    public void Remove_Blocked_IsHeardAgain()
    {
        Channel.Run(_me, "/차단 Warrior");
        Channel.AssertAnswer(_me, "/차단 해제 WARRIOR", ResultStatus.Ok, "block", "removed", "WARRIOR");
        Assert.Empty(Channel.Events.Updates[1].BlockedKeys);
        Channel.AssertAnswer(_me, "/차단 해제 warrior", ResultStatus.Error, "block", "not_there", "warrior");
    }

    [Fact]
    public void List_Blocked_InTheirOrder()
    {
        Channel.AssertAnswer(_me, "/차단 목록", ResultStatus.Ok, "block", "empty");
        Channel.Run(_me, "/차단 나");
        Channel.Run(_me, "/차단 가");
        Assert.Equal("차단 목록(2/50): 나, 가", Channel.RunText(_me, "/차단 목록"));
        Assert.Equal("Blocked (2/50): 나, 가", Channel.RunText(_me, "/block list", Shared.Protocol.Messages.Language.English));
    }

    [Fact]
    public void Add_NamesThatAreWordsOfTheCommand_CanBeBlockedInFull()
    {
        Channel.AssertAnswer(_me, "/차단 추가", ResultStatus.Error, "block", "usage");
        Channel.AssertAnswer(_me, "/차단 추가 목록", ResultStatus.Ok, "block", "added", "목록");
        Channel.AssertAnswer(_me, "/차단 추가 추가", ResultStatus.Ok, "block", "added", "추가");
    }

    [Theory]
    [InlineData("/차단", "usage")]
    [InlineData("/차단 전사", "self")]
    [InlineData("/차단 추가 전사", "self")]
    [InlineData("/차단 두 사람", "usage")]
    [InlineData("/차단 목록 전체", "usage")]
    [InlineData("/차단 해제", "usage")]
    public void Run_BadArgument_IsRefused(string line, string code) => Channel.AssertAnswer(_me, line, ResultStatus.Error, "block", code);

    [Fact]
    public void Add_AFullList_SaysTheLimit()
    {
        for (int i = 0; i < StateLimits.MaxNames; i++)
        {
            Channel.AssertAnswer(_me, $"/차단 n{i}", ResultStatus.Ok, "block", "added", $"n{i}");
        }

        Channel.AssertAnswer(_me, "/차단 more", ResultStatus.Error, "block", "full", "50");
    }

    [Fact]
    public void Run_WithoutCharacter_HasNoSession() =>
        Channel.AssertAnswer(null, "/차단 법사", ResultStatus.Error, "block", "no_session");
}
