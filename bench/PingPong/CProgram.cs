using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PingPong;

/// <summary>The C program that is the measure, compiled from its source when the benchmark runs.</summary>
internal sealed class CProgram : IDisposable
{
    private readonly string _folder;
    private readonly string _executable;

    private CProgram(string folder, string executable)
    {
        _folder = folder;
        _executable = executable;
    }

    /// <summary>Compiles it; null where no C compiler runs.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; the message has what the compiler said.</exception>
    internal static async Task<CProgram?> TryCompileAsync(CancellationToken cancellationToken)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "c", "ping_pong.c");
        string folder = Directory.CreateTempSubdirectory("ping-pong-").FullName;
        var program = new CProgram(folder, Path.Combine(folder, "ping_pong"));
        try
        {
            foreach (string compiler in new[] { Environment.GetEnvironmentVariable("CC"), "cc", "gcc" }.OfType<string>().Where(name => name != ""))
            {
                try
                {
                    _ = await RunAsync(compiler, ["-std=gnu11", "-O2", "-o", program._executable, source], cancellationToken);
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

    /// <summary>Measures with so many requests in flight, on queues of its own.</summary>
    internal async Task<Measurement> MeasureAsync(int key, int window, double seconds, CancellationToken cancellationToken)
    {
        string[] arguments = [.. new IFormattable[] { key, Example.RequestBytes, Example.ResultBytes, seconds, window }
            .Select(argument => argument.ToString(null, CultureInfo.InvariantCulture))];
        string line = await RunAsync(_executable, arguments, cancellationToken);
        long[] figures = [.. line.Split(' ').Select(figure => long.Parse(figure, CultureInfo.InvariantCulture))];
        return new Measurement(
            RoundTrips: figures[0],
            PerSecond: figures[0] * 1e9 / figures[1],
            P50Us: figures[2] / 1e3,
            P99Us: figures[3] / 1e3,
            Switches: (double)(figures[4] + figures[5]) / figures[0],
            AskerBytes: 0,
            AnswererBytes: 0);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await errors}");
        }
        catch (OperationCanceledException)
        {
            // With TERM it removes its queues, with KILL it could not.
            using Process terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await terminate.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }
}
