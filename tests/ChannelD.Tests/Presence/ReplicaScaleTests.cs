using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Tests.Directory;
using ChannelD.Tests.Support;
using Shared.Protocol.Names;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Presence;

public class ReplicaScaleTests
{
    private const int Characters = 1_000_000;
    private const int Owners = 20;
    private const int AtOnce = 100;
    private const int Finds = 1000;

    [Fact]
    public void TryFind_AMillionOfTwentyChannels_TouchesOneEntry()
    {
        var counting = new CountingComparer();
        var time = new ManualTime();
        var replicas = new ReplicaDirectory(time, counting);
        var world = new WorldDirectory(new CharacterDirectory(time, 1), replicas, ownId: 200);
        MapName map = Map("헤네시스");
        ReplicaOwner[] owners = [.. Enumerable.Range(0, Owners).Select(instance => new ReplicaOwner(instance, (ulong)instance + 1))];
        bool[] isGone = new bool[AtOnce];
        var told = new Character[AtOnce];
        for (int user = 0; user < Characters; user += AtOnce)
        {
            ReplicaOwner owner = owners[user / AtOnce % Owners];
            for (int i = 0; i < AtOnce; i++)
            {
                told[i] = new Character(
                    Name(NameOf(user + i)), TestChannel.Session(user + i), owner.Instance + 1, map, CharacterState.InMap, EnteredAtNs: 1);
            }

            replicas.Apply(owner, told, isGone);
        }

        Assert.Equal(Characters, replicas.Count);
        counting.Reset();
        for (int find = 0; find < Finds; find++)
        {
            int user = find * (Characters / Finds);
            Assert.True(world.TryFind(NameOf(user), out Sighting found));
            Assert.Equal(user, found.Character.Session.UserId);
        }

        Assert.Equal(Finds, counting.Hashes);
        Assert.InRange(counting.Comparisons, Finds, Finds + 10);

        // One whole channelD ends in one instant, before anything is removed.
        counting.Reset();
        owners[0].IsLive = false;
        Assert.False(world.TryFind(NameOf(0), out _));
        Assert.True(world.TryFind(NameOf(AtOnce), out _));
        Assert.Equal(Characters / Owners, replicas.CountByState(owners[0])[(int)CharacterState.InMap]);
        Assert.Equal(2, counting.Hashes);
    }

    private static string NameOf(int user) => $"전사{user}";
}
