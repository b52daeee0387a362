using ChatD.Sessions;
using Shared.Protocol.Messages;
using Shared.Protocol.Names;

namespace ChatD.Tests.Sessions;

/// <summary>Places and names of players.</summary>
public sealed class SessionRegistryTests
{
    [Fact]
    public void TryAdd_ManyAtOnce_NeverMoreThanThereArePlaces()
    {
        const int Places = 10;
        var registry = new SessionRegistry(firstId: 1, Places);
        int most = 0;
        Parallel.For(0, 20_000, number =>
        {
            PlayerSession? session = Add(registry, $"가{number % 50}", out bool isFull);
            if (session is null)
            {
                return;
            }

            Assert.False(isFull);
            int inside = registry.InGame.Count(_ => true);
            InterlockedMax(ref most, inside);
            registry.Remove(session);
        });
        Assert.InRange(most, 0, Places);
        Assert.Equal(0, registry.Count);
        Assert.Equal(Places, Enumerable.Range(0, 2 * Places).Count(number => Add(registry, $"나{number}", out _) is not null));
    }

    [Fact]
    public void CountByChannel_SessionsComeAndGo_CountsThoseThatAreThere()
    {
        var registry = new SessionRegistry(firstId: 1);
        Assert.Empty(registry.CountByChannel());
        PlayerSession first = Add(registry, "하나", out _, channel: 2)!;
        Assert.NotNull(Add(registry, "둘", out _, channel: 2));
        Assert.NotNull(Add(registry, "셋", out _, channel: 1));
        Assert.Equal([(1, 1), (2, 2)], registry.CountByChannel().OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));

        registry.Remove(first);
        Assert.Equal(1, registry.CountByChannel()[2]);
    }

    [Fact]
    public void TryAdd_NameIsTaken_CostsNoPlace()
    {
        var registry = new SessionRegistry(firstId: 1, maxSessions: 2);
        PlayerSession first = Add(registry, "하나", out _)!;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            Assert.Null(Add(registry, "하나", out bool isFull));
            Assert.False(isFull);
        }

        Assert.NotNull(Add(registry, "둘", out _));
        Assert.Null(Add(registry, "셋", out bool isFullNow));
        Assert.True(isFullNow);

        registry.Remove(first);
        registry.Remove(first);
        Assert.Equal(1, registry.Count);
        Assert.NotNull(Add(registry, "셋", out _));
    }

    [Fact]
    public void Find_ByNumber_GivesTheSessionThatIsThere()
    {
        var registry = new SessionRegistry(firstId: 7);
        PlayerSession first = Add(registry, "하나", out _)!;
        PlayerSession second = Add(registry, "둘", out _)!;
        Assert.Same(first, registry.Find(7));
        Assert.Same(second, registry.Find(8));
        Assert.Null(registry.Find(9));
        registry.Remove(first);
        Assert.Null(registry.Find(7));
        Assert.Same(second, registry.Find(8));
    }

    private static PlayerSession? Add(SessionRegistry registry, string name, out bool isFull, int channel = 1)
    {
        Assert.True(CharacterName.TryParse(name, out CharacterName parsed, out _));
        PlayerSession? session = registry.TryAdd(parsed, channel, "광장", Language.Korean, _ => { }, out isFull);
        if (session is not null)
        {
            session.IsInGame = true;
        }

        return session;
    }

    private static void InterlockedMax(ref int to, int value)
    {
        int seen = Volatile.Read(ref to);
        while (value > seen && Interlocked.CompareExchange(ref to, value, seen) is var found && found != seen)
        {
            seen = found;
        }
    }
}
