using System.Threading.Channels;

namespace IpcBench.Processes;

/// <summary>The lines of standard input, read by a thread of its own: one of the pool's, waiting there, would be missing from what is measured.</summary>
internal sealed class InputLines
{
    private const int Capacity = 16;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(Capacity);

    /// <summary>Starts to read.</summary>
    internal InputLines() => _ = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Ends when the input does: whoever started this process has ended, or wants no more.</summary>
    internal Task Ended => _lines.Reader.Completion;

    /// <summary>The lines.</summary>
    internal IAsyncEnumerable<string> ReadAllAsync() => _lines.Reader.ReadAllAsync();

    private void Read()
    {
        using var reader = new StreamReader(Console.OpenStandardInput());
        while (reader.ReadLine() is { } line)
        {
            // The other side writes a line only after the answer to the last one.
            if (!_lines.Writer.TryWrite(line))
            {
                break;
            }
        }

        _lines.Writer.TryComplete();
    }
}
