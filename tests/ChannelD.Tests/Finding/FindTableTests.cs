using ChannelD.Directory;
using ChannelD.Finding;
using ChannelD.Tests.Support;

namespace ChannelD.Tests.Finding;

public class FindTableTests
{
    [Theory]
    [InlineData(CharacterState.InMap, 1, 1, FindCodes.SameMap, FindReason.SameChannel, "헤네시스", 0)]
    [InlineData(CharacterState.InMap, 1, 2, FindCodes.OtherChannel, FindReason.OtherChannel, "", 2)]
    [InlineData(CharacterState.InMap, 20, 1, FindCodes.OtherChannel, FindReason.OtherChannel, "", 1)]
    [InlineData(CharacterState.CashShop, 1, 1, FindCodes.CashShop, FindReason.CashShop, "", 0)]
    [InlineData(CharacterState.CashShop, 1, 2, FindCodes.CashShop, FindReason.CashShop, "", 0)]
    [InlineData(CharacterState.InTransfer, 1, 1, FindCodes.InTransfer, FindReason.InTransfer, "", 0)]
    [InlineData(CharacterState.InTransfer, 1, 2, FindCodes.InTransfer, FindReason.InTransfer, "", 0)]
    public void Decide_TargetInTheGame_AnswersTheRow(
        CharacterState state, int seekerChannel, int targetChannel, string code, FindReason reason, string map, int channel)
    {
        var target = new Character(TestNames.Name("전사"), TestChannel.Session(1), targetChannel, TestNames.Map("헤네시스"), state);
        Assert.Equal(new FindAnswer(code, reason, map, channel), FindTable.Decide(new Seeker(seekerChannel), target));
    }

    [Fact]
    public void Decide_NobodyOfTheName_IsNotFound() =>
        Assert.Equal(new FindAnswer(FindCodes.NotFound, FindReason.NotInGame, string.Empty, 0), FindTable.Decide(new Seeker(1), null));
}
