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

    private static Pipe MakePipe(int pauseBytes) =>
        new(new PipeOptions(pauseWriterThreshold: pauseBytes, resumeWriterThreshold: pauseBytes / 2, useSynchronizationContext: false));

    private static ServerResult Result(ulong id) => new(id, 0, "find", OutcomeKind.Ok, "not_found", "나님을 찾을 수 없습니다.", []);

    private OutgoingFrames MakeOutgoing(Pipe pipe) => new(pipe.Writer, MaxBytes, () => _overflows++);
}
