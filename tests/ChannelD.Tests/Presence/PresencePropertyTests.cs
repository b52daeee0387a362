using Xunit.Abstractions;

namespace ChannelD.Tests.Presence;

/// <summary>Random histories of several channelDs on a bad network: afterwards all of them see the same, and it is so.</summary>
public class PresencePropertyTests(ITestOutputHelper output)
{
    private const int Histories = 60;
    private const int Steps = 600;

    [Fact]
    public void RandomHistories_AfterQuietAndALease_EveryChannelSeesTheTruth()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        int transfers = 0;
        int conflicts = 0;
        int ghosts = 0;
        for (int history = 0; history < Histories; history++)
        {
            using var world = new SimWorld(seed + history);
            try
            {
                world.Run(Steps);
            }
            catch (Xunit.Sdk.XunitException exception)
            {
                Assert.Fail($"seed {seed + history}: {exception.Message}");
            }

            transfers += world.Transfers;
            conflicts += world.Conflicts;
            ghosts += world.Ghosts;
        }

        output.WriteLine($"{transfers} transfers, {conflicts} names lost, {ghosts} looks at those not yet known to be dead");
        Assert.True(transfers > 0 && conflicts > 0 && ghosts > 0, "The histories show nothing.");
    }

    [Theory]
    [InlineData(1604824772)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void KnownHistories_AfterQuietAndALease_EveryChannelSeesTheTruth(int seed)
    {
        using var world = new SimWorld(seed);
        world.Run(Steps);
    }
}
