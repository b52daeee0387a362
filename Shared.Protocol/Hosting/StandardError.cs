using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Shared.Protocol.Hosting;

/// <summary>
/// Standard error without <see cref="Console"/>: on Linux the console holds one lock over writes to both outputs, so with a stopped
/// reader of standard output nothing could be said on standard error either.
/// </summary>
internal static class StandardError
{
    private const int FileDescriptor = 2;

    /// <summary>A writer that passes each write on at once. The descriptor stays open when it is disposed.</summary>
    public static TextWriter Open() => new StreamWriter(
        new FileStream(new SafeFileHandle(FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        AutoFlush = true,
    };
}
