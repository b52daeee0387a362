using System.IO.MemoryMappedFiles;
using IpcBench.Exchanging;
using Microsoft.Win32.SafeHandles;

namespace IpcBench.Mechanisms.SharedMemory;

/// <summary>One side of two rings in a file that both processes have mapped. Owns its mapping, not the file.</summary>
internal sealed unsafe class RingChannel : IFrameChannel
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeMemoryMappedViewHandle _memory;
    private readonly Ring _read;
    private readonly Ring _write;
    private readonly byte[] _received = new byte[Load.MaxSizeBytes];

    private RingChannel(MemoryMappedFile file, bool isAnswerer, RingWait wait)
    {
        _file = file;
        _view = file.CreateViewAccessor();
        _memory = _view.SafeMemoryMappedViewHandle;
        byte* start = null;
        _memory.AcquirePointer(ref start);
        var requests = new Ring(start, wait);
        var results = new Ring(start + RingDescriptor.RingBytes, wait);
        (_read, _write) = isAnswerer ? (requests, results) : (results, requests);
    }

    /// <summary>Makes the file, which must not be there, and maps it: the answering side.</summary>
    internal static RingChannel Create(string path, RingWait wait) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, 2 * RingDescriptor.RingBytes), isAnswerer: true, wait);

    /// <summary>Maps the file: the asking side.</summary>
    internal static RingChannel Open(string path, RingWait wait) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open), isAnswerer: false, wait);

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> message) => _write.TryWrite(message);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message) => _write.Write(message);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive() => _received.AsSpan(0, _read.Read(_received));

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
