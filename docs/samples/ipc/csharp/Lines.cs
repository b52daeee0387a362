using System.Net.Sockets;

namespace IpcSamples;

/// <summary>Lines over a connected socket.</summary>
internal static class Lines
{
    internal static void Answer(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream);
        using var writer = new StreamWriter(stream);
        writer.WriteLine(Characters.Answer(reader.ReadLine() ?? ""));
    }

    internal static void Ask(Socket socket, string line)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        using var writer = new StreamWriter(stream);
        writer.WriteLine(line);
        writer.Flush();
        Console.WriteLine(reader.ReadLine());
    }
}
