using System.Text;
using Shared.Protocol.Interop.Linux;

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
        new DescriptorStream(FileDescriptor),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        AutoFlush = true,
    };
}
