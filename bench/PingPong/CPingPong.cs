using System.Globalization;
using Measuring;

namespace PingPong;

/// <summary>The C program that is the measure. Disposal removes it.</summary>
internal sealed class CPingPong : IDisposable
{
    private static readonly TimeSpan s_reserve = TimeSpan.FromSeconds(30);

    private readonly CProgram _program;

    private CPingPong(CProgram program) => _program = program;

    /// <summary>Compiles it; null where no C compiler runs.</summary>
    internal static async Task<CPingPong?> TryCompileAsync(CancellationToken cancellationToken) =>
        await CProgram.TryCompileAsync("ping_pong", ["ping_pong.c"], cancellationToken) is { } program ? new CPingPong(program) : null;

    /// <summary>Measures with so many requests in flight, on queues of its own.</summary>
    internal async Task<Measurement> MeasureAsync(int key, int window, double seconds, CancellationToken cancellationToken)
    {
        string line = await _program.RunAsync(
            [key, Example.RequestBytes, Example.ResultBytes, seconds, window], TimeSpan.FromSeconds(2 * seconds) + s_reserve, cancellationToken);
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
    public void Dispose() => _program.Dispose();
}
