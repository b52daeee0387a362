using Faults.Checker.History;

namespace Faults.Checker.Tests;

public sealed class HistoryFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"history-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var story = new Story();
        story.Asks(1, out long request).Runs(request, user: 1).Tells(1, request)
            .Fault("kill").Fault("kill", isOver: true).Recovers()
            .Process(DaemonKind.Chat, ulong.MaxValue, ProcessChange.Paused)
            .Add(at => new DepthSampled(at, "q", 1, 2, IsAtRest: true))
            .Add(at => new GrowthSampled(at, "fds", 1.5));
        Write(story.Records);
        Assert.Equal(story.Records, HistoryReader.Read(_path));
        Assert.Equal(story.Records.Count, File.ReadAllLines(_path).Length);
    }

    [Fact]
    public void Read_LastLineCut_LeavesItOut()
    {
        var story = new Story();
        Write(story.Records);
        File.AppendAllText(_path, "{\"type\":\"asked\",\"atN");
        Assert.Equal(story.Records, HistoryReader.Read(_path));
    }

    [Fact]
    public void Read_LineThatIsNoRecord_NamesIt()
    {
        File.WriteAllText(_path, "{}\n{}\n");
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => HistoryReader.Read(_path).Count());
        Assert.Contains($"{_path}:1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_SeveralHistories_GoesByTime()
    {
        Recovered[] all = [.. Enumerable.Range(0, 100).Select(at => new Recovered(at))];
        IEnumerable<HistoryRecord> merged = HistoryReader.Merge(
            all.Where(record => record.AtNs % 3 == 0), [], all.Where(record => record.AtNs % 3 != 0));
        Assert.Equal(all, merged);
    }

    private void Write(IEnumerable<HistoryRecord> records)
    {
        using var writer = new HistoryWriter(File.Create(_path));
        foreach (HistoryRecord record in records)
        {
            writer.Write(record);
        }
    }
}
