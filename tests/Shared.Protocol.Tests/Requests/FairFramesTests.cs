using System.Buffers.Binary;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Tests.Requests;

public sealed class FairFramesTests
{
    private static readonly Mailbox s_to = new(MailboxKind.Request, 0);

    [Fact]
    public void TryPeek_AFloodAndAQuietUser_TakesThemInTurn()
    {
        var frames = new FairFrames(new PendingRoom(100, 10_000));
        for (int i = 0; i < 20; i++)
        {
            Assert.True(Add(frames, userId: 1, number: i));
        }

        Assert.True(Add(frames, userId: 2, number: 100));
        Assert.True(Add(frames, userId: 2, number: 101));
        Assert.Equal([0, 100, 1, 101, 2, 3], Enumerable.Range(0, 6).Select(_ => Take(frames)));
    }

    [Fact]
    public void TryPeek_TurnsOfSeveralFrames_TakesSoManyOfEach()
    {
        var frames = new FairFrames(new PendingRoom(100, 10_000)) { MaxTurnFrames = 3 };
        for (int i = 0; i < 8; i++)
        {
            Assert.True(Add(frames, userId: 1, number: i));
        }

        for (int i = 100; i < 104; i++)
        {
            Assert.True(Add(frames, userId: 2, number: i));
        }

        Assert.Equal([0, 1, 2, 100, 101, 102, 3, 4, 5, 103, 6, 7], Enumerable.Range(0, 12).Select(_ => Take(frames)));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(32, 16)]
    [InlineData(64, 8)]
    [InlineData(400, 1)]
    [InlineData(1000, 1)]
    public void TurnFrames_SoManyUsers_ARoundStaysShort(int users, int turnFrames)
    {
        var frames = new FairFrames(new PendingRoom(4000, 100_000)) { MaxTurnFrames = 16 };
        for (int user = 0; user < users; user++)
        {
            Assert.True(Add(frames, user, number: user));
        }

        Assert.Equal(turnFrames, frames.TurnFrames);
    }

    [Fact]
    public void RemoveFirst_NobodyWaitsForIt_CostsItsUserNoTurn()
    {
        var frames = new FairFrames(new PendingRoom(100, 10_000));
        Add(frames, userId: 1, number: 0);
        Add(frames, userId: 1, number: 1);
        Add(frames, userId: 2, number: 2);
        frames.RemoveFirst(wasSent: false);
        Assert.Equal([1, 2], [Take(frames), Take(frames)]);
    }

    [Fact]
    public void TryAdd_OneUserFloods_IsRefusedWhileOthersAreTaken()
    {
        var frames = new FairFrames(new PendingRoom(100, 100_000));
        Assert.Equal(50, Enumerable.Range(0, 200).Count(i => Add(frames, userId: 1, i)));
        Assert.Equal(25, Enumerable.Range(0, 200).Count(i => Add(frames, userId: 2, i)));
        Assert.True(Add(frames, userId: 3, 0));
    }

    [Fact]
    public void TryAdd_OneUserFloodsWithBytes_IsRefusedWhileOthersAreTaken()
    {
        var frames = new FairFrames(new PendingRoom(1000, 1000));
        Assert.Equal(5, Enumerable.Range(0, 200).Count(i => Add(frames, userId: 1, i, lengthBytes: 100)));
        Assert.True(Add(frames, userId: 2, 0, lengthBytes: 100));
        Assert.Equal(600, frames.Bytes);
    }

    [Fact]
    public void TryAdd_ABoundOfOne_TakesOne()
    {
        var frames = new FairFrames(new PendingRoom(1, 100));
        Assert.True(Add(frames, userId: 1, 0));
        Assert.False(Add(frames, userId: 2, 0));
    }

    /// <summary>
    /// Whatever is added and taken in whatever order: a user's frames leave in order, and between two of its turns each other user has one at most.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 16)]
    public void RemoveFirst_RandomInterleavings_NobodyIsPassedByTwoTurns(int seed, int turnFrames)
    {
        const int Users = 7;
        var random = new Random(seed);
        var frames = new FairFrames(new PendingRoom(200, 8000)) { MaxTurnFrames = turnFrames };
        Queue<int>[] model = [.. Enumerable.Range(0, Users).Select(_ => new Queue<int>())];

        // How often each user was taken since the other had waited for its turn.
        int[,] passed = new int[Users, Users];
        for (int step = 0; step < 50_000; step++)
        {
            // User 0 floods.
            int user = random.Next(3) == 0 ? 0 : random.Next(Users);
            if (random.Next(100) < 52)
            {
                int count = frames.Count;
                if (Add(frames, user, step, lengthBytes: random.Next(4, 90)))
                {
                    model[user].Enqueue(step);
                    Assert.Equal(count + 1, frames.Count);
                }

                Assert.InRange(frames.Bytes, 0, 8000);
                continue;
            }

            if (!frames.TryPeek(out PendingFrame frame))
            {
                Assert.All(model, Assert.Empty);
                continue;
            }

            int number = NumberOf(frame);
            int taken = Array.FindIndex(model, queue => queue.TryPeek(out int first) && first == number);
            Assert.True(taken >= 0, "The frame is not the first of its user.");
            bool wasSent = random.Next(10) != 0;
            frames.RemoveFirst(wasSent);
            model[taken].Dequeue();
            if (!wasSent)
            {
                for (int other = 0; other < Users && model[taken].Count == 0; other++)
                {
                    // It waits for nothing any more.
                    passed[taken, other] = 0;
                }

                continue;
            }

            for (int other = 0; other < Users; other++)
            {
                passed[other, taken] = model[other].Count == 0 || other == taken ? 0 : passed[other, taken] + 1;
                Assert.InRange(passed[other, taken], 0, turnFrames);
                passed[taken, other] = 0;
            }
        }

        frames.Clear();
        Assert.Equal((0, 0L), (frames.Count, frames.Bytes));
        Assert.False(frames.TryPeek(out _));
    }

    [Fact]
    public void TryAdd_WhenTheTablesHaveGrown_AllocatesNothing()
    {
        var frames = new FairFrames(new PendingRoom(4096, 1 << 20));
        long before = 0;
        for (int round = 0; round < 200; round++)
        {
            if (round == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            // Other users in each round, as sessions come and go.
            for (int i = 0; i < 64; i++)
            {
                Add(frames, userId: (round * 64) + (i % 16), i);
            }

            while (frames.Count > 0)
            {
                frames.RemoveFirst(wasSent: true);
            }
        }

        // What a pool trimmed by the collector costs stays far below one object for each frame.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 64);
    }

    private static bool Add(FairFrames frames, int userId, int number, int lengthBytes = 16)
    {
        Span<byte> frame = stackalloc byte[lengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(frame, number);
        return frames.TryAdd(userId, s_to, frame, id: (ulong)number, deadlineNs: 0);
    }

    private static int Take(FairFrames frames)
    {
        Assert.True(frames.TryPeek(out PendingFrame frame));
        int number = NumberOf(frame);
        frames.RemoveFirst(wasSent: true);
        return number;
    }

    private static int NumberOf(in PendingFrame frame) => BinaryPrimitives.ReadInt32LittleEndian(frame.Bytes);
}
