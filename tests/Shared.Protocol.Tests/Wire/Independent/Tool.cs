using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Shared.Protocol.Tests.Wire.Independent;

/// <summary>Runs a program of the machine to its end, with a deadline.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    /// <summary>The lines that it wrote to its standard output.</summary>
    /// <exception cref="InvalidOperationException">It could not be started, or ended with another code than 0.</exception>
    internal static IReadOnlyList<string> Run(string program, IEnumerable<string> arguments, string input = "")
    {
        var output = new List<string>();
        var errors = new StringBuilder();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => output.AddRange(line.Data is null ? [] : [line.Data]);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{program} did not start.", exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(s_deadline))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not end in {s_deadline}.");
        }

        // Without a time-out it waits for the last line as well; the process has ended already.
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
    }

    /// <summary>Whether a program can be run with these arguments and ends well.</summary>
    internal static bool Works(string program, params string[] arguments)
    {
        try
        {
            Run(program, arguments);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
