using Faults.Checker.History;
using Faults.Journal;

namespace Faults.Recording;

/// <summary>Reads the journal of one run of a channelD while it is written. For one thread at a time.</summary>
/// <param name="path">Where the journal is.</param>
/// <param name="generation">The run.</param>
/// <param name="recorder">Takes what was executed.</param>
internal sealed class JournalReader(string path, ulong generation, Recorder recorder) : IDisposable
{
    private const int RecordsAtOnce = 1024;

    private readonly byte[] _bytes = new byte[RecordsAtOnce * JournalRecord.SizeBytes];
    private FileStream? _file;
    private long _lastNs;

    /// <summary>Passes on what was written since the last time.</summary>
    public void ReadOn()
    {
        if (_file is null)
        {
            if (!File.Exists(path))
            {
                return;
            }

            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }

        int bytes;
        while ((bytes = _file.Read(_bytes)) > 0)
        {
            // Half a record is one that is being written.
            _file.Position -= bytes % JournalRecord.SizeBytes;
            if (bytes < JournalRecord.SizeBytes)
            {
                return;
            }

            for (int offset = 0; offset + JournalRecord.SizeBytes <= bytes; offset += JournalRecord.SizeBytes)
            {
                Add(JournalRecord.Read(_bytes.AsSpan(offset, JournalRecord.SizeBytes)));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        File.Delete(path);
    }

    private void Add(in JournalRecord entry)
    {
        // The order of the file is the order of execution.
        _lastNs = Math.Max(_lastNs, entry.AtNs);
        recorder.Add(new Executed(
            _lastNs, generation, entry.ChatInstance, entry.ChatGeneration, RequestId: 0, entry.UserId, $"{Load.LoadLine.Prefix}{entry.Argument}"));
    }
}
