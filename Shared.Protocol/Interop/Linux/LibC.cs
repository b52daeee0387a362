namespace Shared.Protocol.Interop.Linux;

/// <summary>The one name of the C library that every import uses.</summary>
/// <remarks>
/// The runtime maps exactly this name to the C library it runs on (<c>libc.so.6</c> with glibc), so it needs no file suffix.
/// Rules of this folder: one file for each header, C spelling of names, the import private, errno copied on the line after the call,
/// EINTR retried by the wrapper and never seen above it.
/// </remarks>
internal static class LibC
{
    internal const string Library = "libc";
}
