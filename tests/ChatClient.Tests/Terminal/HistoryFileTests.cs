using ChatClient.Terminal;
using Testing.Support.Folders;

namespace ChatClient.Tests.Terminal;

public sealed class HistoryFileTests
{
    [Fact]
    public void SaveThenLoad_Lines_AreBackAndOnlyTheOwnerReadsThem()
    {
        using var folder = new TempFolder();
        string path = folder.File(Path.Combine("a", "b", "history"));
        var written = new LineHistory();
        for (int i = 0; i < LineHistory.MaxLines + 7; i++)
        {
            written.Add($"줄 {i}");
        }

        HistoryFile.Save(path, written);
        var read = new LineHistory();
        HistoryFile.Load(path, read);

        Assert.Equal(LineHistory.MaxLines, read.Lines.Count);
        Assert.Equal("줄 7", read.Lines[0]);
        Assert.Equal(written.Lines, read.Lines);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void LoadAndSave_PathThatCannotBe_AreIgnored()
    {
        var history = new LineHistory();
        history.Add("가");
        HistoryFile.Load("/proc/no/such/history", history);
        HistoryFile.Save("/proc/no/such/history", history);

        Assert.Equal(["가"], history.Lines);
    }
}
