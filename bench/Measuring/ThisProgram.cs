using System.Diagnostics;
using System.Reflection;

namespace Measuring;

/// <summary>Starts the running program once more, as the process at the other end.</summary>
public static class ThisProgram
{
    /// <summary>What starts a program of this runtime, with its three streams in the caller's hands.</summary>
    /// <param name="program">The assembly with its entry point.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(Assembly program, params IEnumerable<string> arguments)
    {
        // Run by its own name, the process is the program's; run as "dotnet NAME.dll" it is dotnet's, and within a test the test's.
        string executable = Environment.ProcessPath!;
        bool isItself = Path.GetFileName(executable) == program.GetName().Name;
        IEnumerable<string> all = isItself ? arguments : [program.Location, .. arguments];
        return new ProcessStartInfo(isItself ? executable : Dotnet(executable), all) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }

    private static string Dotnet(string executable) => Path.GetFileName(executable) == "dotnet" ? executable : "dotnet";
}
