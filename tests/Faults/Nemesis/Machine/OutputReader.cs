using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Faults.Nemesis.Machine;

/// <summary>Who reads the standard output of the daemons from a pipe, and can be paused: the pipe is then full after 64 KiB.</summary>
internal sealed class OutputReader : IDisposable
{
    private readonly ChildProcess _reader;

    private OutputReader(string path)
    {
        Path = path;

        // Opened for both: so it does not end with the last of the daemons that write to it.
        _reader = new ChildProcess("sh", "-c", $"exec cat <> {path} > /dev/null");
    }

    /// <summary>The pipe.</summary>
    public string Path { get; }

    /// <summary>Makes the pipe, and reads it.</summary>
    public static async Task<OutputReader> MakeAsync(TempFolder folder)
    {
        string path = folder.File("output");
        await ProcessOutput.ReadAsync("mkfifo", path);
        return new OutputReader(path);
    }

    public void Pause() => _reader.Pause();

    public void Resume() => _reader.Resume();

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
