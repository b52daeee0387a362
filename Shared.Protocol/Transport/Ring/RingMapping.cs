using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// A ring's file as this process sees it: its memory, and the open file with its locks. Both go when it was disposed of and no thread is inside any more
/// (<see cref="SafeHandle.DangerousAddRef"/>): who is inside may be copying, and must count as alive until it is done.
/// </summary>
internal sealed unsafe class RingMapping : SafeHandle
{
    private readonly SafeFileHandle _file;
    private readonly long _lengthBytes;

    /// <summary>Takes over a file and its mapping.</summary>
    internal RingMapping(SafeFileHandle file, void* address, long lengthBytes)
        : base(0, ownsHandle: true)
    {
        _file = file;
        _lengthBytes = lengthBytes;
        SetHandle((nint)address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The open file.</summary>
    internal SafeFileHandle File => _file;

    /// <summary>The first byte of the header. Only to be used inside.</summary>
    internal byte* Address => (byte*)handle;

    /// <summary>Goes inside; false where it was disposed of.</summary>
    internal bool TryEnter()
    {
        bool isInside = false;
        try
        {
            DangerousAddRef(ref isInside);
        }
        catch (ObjectDisposedException)
        {
            // Another thread of this process has left the ring meanwhile.
        }

        return isInside;
    }

    /// <summary>Leaves.</summary>
    internal void Leave() => DangerousRelease();

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        SysMman.Unmap((void*)handle, _lengthBytes);
        _file.Dispose();
        return true;
    }
}
