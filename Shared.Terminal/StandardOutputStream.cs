using Microsoft.Win32.SafeHandles;

namespace Shared.Terminal;

/// <summary>The process's standard output as a stream that reports when whoever read it has gone away.</summary>
public static class StandardOutputStream
{
    private const int Descriptor = 1;

    /// <summary>Opens it, unbuffered. Its end stays open when the stream is disposed of.</summary>
    public static Stream Open()
    {
        // The console's stream swallows EPIPE, so a program would write to a reader that is gone for as long as its input lasts.
        // A file stream reports it. For a file, though, it writes at an offset of its own, and others who share the file
        // overwrite it; nobody can close that end anyway.
        var file = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? Console.OpenStandardOutput() : file;
    }
}
