using System.Runtime.InteropServices;

namespace IpcSamples;

/// <summary>Two FIFOs: PATH-request and PATH-result. Opening one waits until somebody opens its other end.</summary>
internal static partial class Fifo
{
    internal static void Serve(string path)
    {
        if (mkfifo(path + "-request", 0x180) < 0 || mkfifo(path + "-result", 0x180) < 0)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }

        Characters.Ready();
        using (var requests = new StreamReader(path + "-request"))
        using (StreamWriter results = Write(path + "-result"))
        {
            results.WriteLine(Characters.Answer(requests.ReadLine() ?? ""));
        }

        File.Delete(path + "-request");
        File.Delete(path + "-result");
    }

    internal static void Ask(string path, string line)
    {
        // In the order in which the server opens them.
        using StreamWriter requests = Write(path + "-request");
        using var results = new StreamReader(path + "-result");
        requests.WriteLine(line);
        requests.Flush();
        Console.WriteLine(results.ReadLine());
    }

    // Without a buffer size of 0, the stream would ask for a position, which a FIFO has none of.
    private static StreamWriter Write(string path) => new(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);
}
