using System.Diagnostics;

namespace Testing.Support.Processes;

/// <summary>Runs a program to its end and reads what it wrote.</summary>
public static class ProcessOutput
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    /// <summary>The program's standard output; it must end with 0, within a minute.</summary>
    /// <exception cref="InvalidOperationException">It ended otherwise; the message has what it wrote.</exception>
    public static async Task<string> ReadAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(s_deadline);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}{await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end within {s_deadline}.");
        }
    }
}
