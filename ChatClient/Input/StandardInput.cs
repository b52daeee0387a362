using Microsoft.Win32.SafeHandles;

namespace ChatClient.Input;

/// <summary>The process's standard input, where it is not a terminal being edited on.</summary>
internal static class StandardInput
{
    private const int StandardInputDescriptor = 0;

    /// <summary>Opens it.</summary>
    public static Stream Open() => Console.IsInputRedirected
        ? Console.OpenStandardInput()

        // The console's stream would edit lines itself, on a standard output that is not its own; the kernel does that already.
        : new FileStream(new SafeFileHandle(StandardInputDescriptor, ownsHandle: false), FileAccess.Read, bufferSize: 0);
}
