using System.ComponentModel;
using System.Diagnostics;
using Testing.Support.CCompiler;

namespace Bench.Tests.Samples;

/// <summary>What runs the samples.</summary>
internal static class SampleLanguages
{
    /// <summary>The distribution's where there is one.</summary>
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Why not all of them run here; null where they do.</summary>
    public static string? MissingReason { get; } = CCompiler.MissingReason
        ?? (HasPython() ? null : "Python 3.10 or later is missing: apt-get install python3");

    private static bool HasPython()
    {
        try
        {
            using Process python = Process.Start(Python, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]);
            return python.WaitForExit(TimeSpan.FromSeconds(30)) && python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
