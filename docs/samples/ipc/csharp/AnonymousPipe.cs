using System.Diagnostics;

namespace IpcSamples;

/// <summary>Pipes without names: the client starts the server and has the other ends of its standard input and output.</summary>
internal static class AnonymousPipe
{
    internal static void Serve() => Console.WriteLine(Characters.Answer(Console.ReadLine() ?? ""));

    internal static void Ask(string line, string program, string[] arguments)
    {
        using Process server = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        server.StandardInput.WriteLine(line);
        server.StandardInput.Flush();
        Console.WriteLine(server.StandardOutput.ReadLine());
        server.WaitForExit();
    }
}
