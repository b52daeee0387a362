using System.ComponentModel;
using System.Diagnostics;
using Testing.Support.Folders;

namespace Testing.Support.CCompiler;

/// <summary>The machine's C compiler: <c>$CC</c> where that is set, else <c>cc</c>, else <c>gcc</c>.</summary>
public static class CCompiler
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);
    private static readonly Lazy<string?> s_command = new(Find);

    /// <summary>Why there is none, or null where there is one.</summary>
    public static string? MissingReason =>
        s_command.Value is null ? "No C compiler: neither $CC nor cc nor gcc runs. Install one, e.g. apt-get install gcc libc6-dev." : null;

    /// <summary>Compiles a C source text into a folder and returns the path of the executable.</summary>
    /// <param name="folder">Where source and executable go; its owner disposes of them.</param>
    /// <param name="name">The executable's name, without a suffix.</param>
    /// <param name="source">The text of the C program.</param>
    /// <exception cref="InvalidOperationException">It does not compile; the message has what the compiler said.</exception>
    public static async Task<string> CompileTextAsync(TempFolder folder, string name, string source)
    {
        string path = folder.File(name + ".c");
        await File.WriteAllTextAsync(path, source);
        return await CompileFileAsync(folder, path);
    }

    /// <summary>Compiles a C source file into a folder and returns the path of the executable, which is named like the source.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; the message has what the compiler said.</exception>
    public static async Task<string> CompileFileAsync(TempFolder folder, string sourcePath)
    {
        string command = s_command.Value ?? throw new InvalidOperationException(MissingReason);
        string executable = folder.File(Path.GetFileNameWithoutExtension(sourcePath));
        var start = new ProcessStartInfo(command)
        {
            ArgumentList = { "-std=gnu11", "-O2", "-Wall", "-Wextra", "-o", executable, sourcePath, "-pthread" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process compiler = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(s_deadline);
        Task<string> output = compiler.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> errors = compiler.StandardError.ReadToEndAsync(deadline.Token);
        await compiler.WaitForExitAsync(deadline.Token);
        return compiler.ExitCode == 0
            ? executable
            : throw new InvalidOperationException($"{command} does not compile {sourcePath}:\n{await output}{await errors}");
    }

    private static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("CC"), "cc", "gcc"];
        return candidates.FirstOrDefault(candidate => !string.IsNullOrWhiteSpace(candidate) && Runs(candidate));
    }

    private static bool Runs(string command)
    {
        try
        {
            var start = new ProcessStartInfo(command, "--version") { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            return process.WaitForExit(TimeSpan.FromSeconds(30)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
