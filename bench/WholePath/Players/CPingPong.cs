using System.Globalization;
using Measuring;

namespace WholePath.Players;

/// <summary>The C program of <c>bench/PingPong</c>: a request and a result over two System V queues, and nothing else. Disposal removes it.</summary>
internal sealed class CPingPong : IDisposable
{
    // The frames of a /찾기 and of its result between the daemons, as bench/PingPong prints them.
    private const int RequestBytes = 61;
    private const int ResultBytes = 85;
    private static readonly TimeSpan s_reserve = TimeSpan.FromSeconds(30);

    private readonly CProgram _program;

    private CPingPong(CProgram program) => _program = program;

    /// <summary>Compiles it.</summary>
    internal static async Task<CPingPong> CompileAsync(CancellationToken cancellationToken) => new(await CSource.CompileAsync("ping_pong", cancellationToken));

    /// <summary>Measures with one request in flight, on queues of its own.</summary>
    internal async Task<RoundTrips> MeasureAsync(double seconds, CancellationToken cancellationToken)
    {
        string line = await _program.RunAsync(
            [FreeKey.Find(2), RequestBytes, ResultBytes, seconds, 1], TimeSpan.FromSeconds(2 * seconds) + s_reserve, cancellationToken);
        long[] numbers = [.. line.Split(' ').Select(figure => long.Parse(figure, CultureInfo.InvariantCulture))];
        return RoundTrips.FromC(numbers, all: numbers[0]);
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();
}
