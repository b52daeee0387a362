using ChannelD.Directory;
using ChannelD.Tests.Support;
using Shared.Protocol.Names;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Directory;

public class DirectoryScaleTests
{
    private const int Characters = 1_000_000;
    private const int Finds = 1000;

    [Fact]
    public void TryFind_AMillionCharacters_TouchesOneEntry()
    {
        var counting = new CountingComparer();
        var directory = new CharacterDirectory(new ManualTime(), Characters, counting);
        MapName[] maps = [.. Enumerable.Range(0, 1000).Select(number => Map($"맵 {number}"))];
        for (int user = 0; user < Characters; user++)
        {
            EnterStatus status = directory.Enter(TestChannel.Session(user), Name(NameOf(user)), 1 + (user % 20), maps[user % maps.Length], out _);
            Assert.Equal(EnterStatus.Entered, status);
        }

        Assert.Equal(Characters, directory.Count);
        counting.Reset();
        for (int find = 0; find < Finds; find++)
        {
            int user = find * (Characters / Finds);
            Assert.True(directory.TryFind(NameOf(user), out Character found));
            Assert.Equal(user, found.Session.UserId);
        }

        // One hash a look-up. A dictionary compares only entries of equal hash; of a million 32-bit hashes about a hundred meet by chance.
        Assert.Equal(Finds, counting.Hashes);
        Assert.InRange(counting.Comparisons, Finds, Finds + 10);

        counting.Reset();
        Assert.False(directory.TryFind("없는이름", out _));
        Assert.Equal(1, counting.Hashes);
        Assert.InRange(counting.Comparisons, 0, 1);
    }

    private static string NameOf(int user) => $"전사{user}";
}
