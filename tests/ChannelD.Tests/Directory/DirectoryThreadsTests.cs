using ChannelD.Directory;
using ChannelD.Tests.Support;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Directory;

public class DirectoryThreadsTests
{
    private const int Threads = 4;
    private const int Rounds = 5_000;

    [Fact]
    public async Task Enter_ManyThreadsForFewNames_OneOfThemHasANameAtATime()
    {
        var directory = new CharacterDirectory(TimeProvider.System, maxCharacters: 100);
        int[] holders = new int[3];
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            SessionId session = TestChannel.Session(thread);
            for (int round = 0; round < Rounds; round++)
            {
                int name = round % holders.Length;
                if (directory.Enter(session, Name($"n{name}"), 1, Map("m"), out _) == EnterStatus.Entered)
                {
                    Assert.Equal(1, Interlocked.Increment(ref holders[name]));
                    Assert.True(directory.TryGetPlayed(session, out Character mine));
                    Assert.Equal($"n{name}", mine.Name.Display);
                    directory.List(1, Map("m"), 10);
                    Interlocked.Decrement(ref holders[name]);
                    Assert.True(directory.Leave(session));
                }
            }
        }))).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((0, 0, 0), directory.IndexCounts);
    }
}
