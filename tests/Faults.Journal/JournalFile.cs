using Microsoft.Win32.SafeHandles;

namespace Faults.Journal;

/// <summary>
/// The file of a channelD's run. What was written is there even when the process is killed at the next instruction; a log with a buffer
/// would lose its last lines, and those are the ones that matter. Safe on every thread.
/// </summary>
/// <param name="path">Its path.</param>
internal sealed class JournalFile(string path)
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
    private long _nextByte;

    public void Append(in JournalRecord record)
    {
        Span<byte> bytes = stackalloc byte[JournalRecord.SizeBytes];
        record.Write(bytes);
        RandomAccess.Write(_file, bytes, Interlocked.Add(ref _nextByte, JournalRecord.SizeBytes) - JournalRecord.SizeBytes);
    }
}
