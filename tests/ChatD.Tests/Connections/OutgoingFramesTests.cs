using System.IO.Pipelines;
using ChatD.Connections;
using ChatD.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Tests.Connections;

public sealed class OutgoingFramesTests
{
    private const int MaxBytes = 4096;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private int _overflows;

    [Fact]
    public async Task Add_ReaderReads_NothingIsLost()
    {
        Pipe pipe = MakePipe(pauseBytes: 64);
        OutgoingFrames outgoing = MakeOutgoing(pipe);
        var received = new List<ulong>();
        for (ulong id = 1; id <= 200; id++)
        {
            outgoing.Add(Result(id));
            outgoing.Flush();
            received.AddRange(SentFrames.TakeResults(pipe.Reader).Select(result => result.LineId));
        }

        Task drained = outgoing.DrainAsync();
        while (!drained.IsCompleted)
        {
            received.AddRange(SentFrames.TakeResults(pipe.Reader).Select(result => result.LineId));
            await Task.Yield();
        }

        received.AddRange(SentFrames.TakeResults(pipe.Reader).Select(result => result.LineId));
        Assert.Equal(Enumerable.Range(1, 200).Select(id => (ulong)id), received);
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public async Task Add_ReaderDoesNotRead_OverflowsOnceAndSendsNothingMore()
    {
        Pipe pipe = MakePipe(pauseBytes: 64);
        OutgoingFrames outgoing = MakeOutgoing(pipe);
        for (ulong id = 1; id <= 500; id++)
        {
            outgoing.Add(Result(id));
            outgoing.Flush();
        }

        Assert.Equal(1, _overflows);
        await outgoing.StopAsync().WaitAsync(s_deadline);
        Assert.True(SentFrames.TakeResults(pipe.Reader).Count < 500);
    }

    [Fact]
    public async Task Add_ConnectionGone_IsForgotten()
    {
        Pipe pipe = MakePipe(pauseBytes: 64);
        OutgoingFrames outgoing = MakeOutgoing(pipe);
        await pipe.Reader.CompleteAsync();
        for (ulong id = 1; id <= 500; id++)
        {
            outgoing.Add(Result(id));
            outgoing.Flush();
        }

        await outgoing.DrainAsync().WaitAsync(s_deadline);
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public async Task WhenRoom_ReaderDoesNotRead_WaitsUntilHeHasRead()
    {
        Pipe pipe = MakePipe(pauseBytes: 64);
        OutgoingFrames outgoing = MakeOutgoing(pipe);
        Task room = Task.CompletedTask;
        ulong id = 0;
        while (room.IsCompleted)
        {
            outgoing.Add(Result(++id));
            outgoing.Flush();
            room = outgoing.WhenRoomAsync().AsTask();
        }

        // Whoever waits for room is not cut off by what he has asked for.
        Assert.Equal(0, _overflows);
        Assert.True(outgoing.WriteBeganNs > 0);
        int received = 0;
        while (!room.IsCompleted)
        {
            received += SentFrames.TakeResults(pipe.Reader).Count;
            await Task.Yield();
        }

        Task drained = outgoing.DrainAsync();
        while (!drained.IsCompleted)
        {
            received += SentFrames.TakeResults(pipe.Reader).Count;
            await Task.Yield();
        }

        received += SentFrames.TakeResults(pipe.Reader).Count;
        Assert.Equal((int)id, received);
        Assert.Equal(0, outgoing.WriteBeganNs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhenRoom_ConnectionEnds_IsOver(bool isStopped)
    {
        Pipe pipe = MakePipe(pauseBytes: 64);
        OutgoingFrames outgoing = MakeOutgoing(pipe);
        Task room = Task.CompletedTask;
        for (ulong id = 1; room.IsCompleted; id++)
        {
            outgoing.Add(Result(id));
            outgoing.Flush();
            room = outgoing.WhenRoomAsync().AsTask();
        }

        if (isStopped)
        {
            await outgoing.StopAsync().WaitAsync(s_deadline);
        }
        else
        {
            outgoing.StopHoldingBack();
        }

        await room.WaitAsync(s_deadline);
        await outgoing.WhenRoomAsync().AsTask().WaitAsync(s_deadline);
    }

    private static Pipe MakePipe(int pauseBytes) =>
        new(new PipeOptions(pauseWriterThreshold: pauseBytes, resumeWriterThreshold: pauseBytes / 2, useSynchronizationContext: false));

    private static ServerResult Result(ulong id) => new(id, 0, "find", OutcomeKind.Ok, "not_found", "나님을 찾을 수 없습니다.", []);

    private OutgoingFrames MakeOutgoing(Pipe pipe) => new(pipe.Writer, MaxBytes, new MonotonicClock(TimeProvider.System), new BurstWrites(), () => _overflows++);
}
