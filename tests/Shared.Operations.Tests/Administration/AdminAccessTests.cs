using Shared.Operations.Administration;

namespace Shared.Operations.Tests.Administration;

public sealed class AdminAccessTests
{
    private static readonly AdminAccess s_alone = new(1000, groupId: null);
    private static readonly AdminAccess s_withGroup = new(1000, groupId: 50);

    [Theory]
    [InlineData(1000u, 7u, true)]
    [InlineData(0u, 0u, true)]
    [InlineData(1001u, 1000u, false)]
    [InlineData(1001u, 0u, false)]
    [InlineData(65_534u, 65_534u, false)]
    public void Allows_WithoutAGroup_ItsUserAndRootAlone(uint uid, uint gid, bool allows) =>
        Assert.Equal(allows, s_alone.Allows(new AdminCaller(uid, gid, 1, [50])));

    [Fact]
    public void Allows_WithAGroup_ItsMembersToo()
    {
        Assert.True(s_withGroup.Allows(new AdminCaller(1001, 50, 1, [])));
        Assert.True(s_withGroup.Allows(new AdminCaller(1001, 7, 1, [8, 50])));
        Assert.False(s_withGroup.Allows(new AdminCaller(1001, 7, 1, [8, 51])));
    }
}
