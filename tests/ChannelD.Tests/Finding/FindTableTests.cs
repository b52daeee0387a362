using ChannelD.Directory;
using ChannelD.Finding;
using ChannelD.Presence;
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
        foreach (SightingSource source in new[] { SightingSource.Own, SightingSource.Replica })
        {
            Assert.Equal(
                new FindAnswer(code, reason, map, channel), FindTable.Decide(new Seeker(seekerChannel), new Sighting(target, source, AgeMs: 0)));
        }
    }

    [Fact]
    public void Decide_NobodyOfTheName_IsNotFound() =>
        Assert.Equal(new FindAnswer(FindCodes.NotFound, FindReason.NotInGame, string.Empty, 0), FindTable.Decide(new Seeker(1), null));

    [Theory]
    [InlineData(0, 1, FindCodes.NotFound, FindReason.Hidden)]
    [InlineData(1, 2, FindCodes.NotFound, FindReason.Hidden)]
    [InlineData(1, 1, FindCodes.SameMap, FindReason.SameChannel)]
    [InlineData(2, 1, FindCodes.SameMap, FindReason.SameChannel)]
    public void Decide_HiddenTarget_IsThereOnlyForItsTierAndAbove(int seekerTier, int targetTier, string code, FindReason reason)
    {
        foreach (CharacterState state in Enum.GetValues<CharacterState>())
        {
            Character target = Target(state) with { Tier = targetTier, IsHidden = true };
            FindAnswer answer = FindTable.Decide(new Seeker(1, seekerTier), new Sighting(target, SightingSource.Replica, AgeMs: 5));
            if (reason == FindReason.Hidden || state == CharacterState.InMap)
            {
                Assert.Equal((code, reason), (answer.Code, answer.Reason));
            }
            else
            {
                Assert.NotEqual(FindCodes.NotFound, answer.Code);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_ExpiredLease_IsNotFound(bool isHidden)
    {
        Character target = Target(CharacterState.InMap) with { Tier = 1, IsHidden = isHidden };
        Assert.Equal(
            new FindAnswer(FindCodes.NotFound, FindReason.LeaseExpired, string.Empty, 0),
            FindTable.Decide(new Seeker(1, 0), new Sighting(target, SightingSource.Expired, AgeMs: 4000)));
    }

    [Fact]
    public void Decide_NotFoundForWhateverReason_IsOneAnswer()
    {
        Character hidden = Target(CharacterState.InMap) with { Tier = 9, IsHidden = true };
        Sighting?[] targets =
            [null, new(hidden, SightingSource.Own, 0), new(hidden, SightingSource.Replica, 1), new(Target(CharacterState.InMap), SightingSource.Expired, 9)];
        FindAnswer[] answers = [.. targets.Select(target => FindTable.Decide(new Seeker(1), target))];
        Assert.Single(answers.Select(answer => (answer.Code, answer.Map, answer.Channel)).Distinct());
        Assert.Equal(3, answers.Select(answer => answer.Reason).Distinct().Count());
    }

    private static Character Target(CharacterState state) => new(TestNames.Name("전사"), TestChannel.Session(1), 1, TestNames.Map("헤네시스"), state);
}
