using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// A descriptor that is closed once, and not while a call uses it: the number of a closed one may be another file's at once.
/// </summary>
internal sealed partial class FileDescriptor : SafeHandle
{
    /// <summary>Takes a descriptor over.</summary>
    internal FileDescriptor(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <inheritdoc/>
    // close(2): the descriptor is gone whatever it returns, so there is nothing to be done about an error.
    protected override bool ReleaseHandle()
    {
        _ = close_private((int)handle);
        return true;
    }

    [LibraryImport(LibC.Library, EntryPoint = "close")]
    private static partial int close_private(int fd);
}
