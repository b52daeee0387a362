using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Measuring;

/// <summary>A C program that is the measure, compiled from its sources when the benchmark runs. Disposal removes it.</summary>
public sealed class CProgram : IDisposable
{
    private static readonly TimeSpan s_compileDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly string _executable;

    private CProgram(string folder, string executable)
    {
        _folder = folder;
        _executable = executable;
    }

    /// <summary>Compiles it with <c>$CC</c>, <c>cc</c> or <c>gcc</c>; null where none of them runs.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="sources">Its sources, beneath the folder <c>c</c> beside the running program.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It does not compile; the message has what the compiler said.</exception>
    public static async Task<CProgram?> TryCompileAsync(string name, IEnumerable<string> sources, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("bench-c-").FullName;
        var program = new CProgram(folder, Path.Combine(folder, name));
        string[] arguments =
        [
            "-std=gnu11", "-O2", "-pthread", "-o", program._executable,
            .. sources.Select(source => Path.Combine(AppContext.BaseDirectory, "c", source)),
            "-lrt",
        ];
        try
        {
            foreach (string compiler in new[] { Environment.GetEnvironmentVariable("CC"), "cc", "gcc" }.OfType<string>().Where(name => name != ""))
            {
                try
                {
                    _ = await RunAsync(compiler, arguments, s_compileDeadline, cancellationToken);
                    return program;
                }
                catch (Win32Exception)
                {
                    // Not there; perhaps the next one is.
                }
            }
        }
        catch
        {
            program.Dispose();
            throw;
        }

        program.Dispose();
        return null;
    }

    /// <summary>Runs it to its end and returns what it printed.</summary>
    /// <param name="arguments">Its arguments; numbers in the manner of C.</param>
    /// <param name="deadline">How long it may take. Then, and when cancelled, it is told to end (SIGTERM) and given time to remove what it made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public Task<string> RunAsync(IEnumerable<object> arguments, TimeSpan deadline, CancellationToken cancellationToken) =>
        RunAsync(_executable, Words(arguments), deadline, cancellationToken);

    /// <summary>Starts it, with its three streams in the caller's hands.</summary>
    /// <param name="arguments">Its arguments; numbers in the manner of C.</param>
    public Process Start(IEnumerable<object> arguments) => Process.Start(
        new ProcessStartInfo(_executable, Words(arguments)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Words(IEnumerable<object> arguments) => [.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)];

    private static async Task<string> RunAsync(string program, string[] arguments, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(deadline);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(ending.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(ending.Token);
            await process.WaitForExitAsync(ending.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await errors}");
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than {deadline.TotalSeconds} s.");
        }
    }

    // With TERM it removes what it made, with KILL it could not.
    private static async Task StopAsync(Process process)
    {
        using Process terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var deadline = new CancellationTokenSource(s_stopDeadline);
        try
        {
            await terminate.WaitForExitAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
