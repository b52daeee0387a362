using System.Globalization;
using Measuring;
using Shared.Protocol.Messages.Players;

namespace WholePath.Players;

/// <summary>
/// The player whose round trips are measured: a C program with a blocking socket that sends frames which were made before, so that it is the servers that are measured. The
/// same program is its own measure, asking another process that only sends bytes back. Disposal removes it.
/// </summary>
internal sealed class CPlayer : IDisposable
{
    private static readonly TimeSpan s_reserve = TimeSpan.FromSeconds(30);

    private readonly CProgram _program;

    private CPlayer(CProgram program) => _program = program;

    /// <summary>Compiles it.</summary>
    internal static async Task<CPlayer> CompileAsync(CancellationToken cancellationToken) =>
        new(await CSource.CompileAsync("tcp_ping_pong", cancellationToken));

    /// <summary>Asks a chatD, one line at a time.</summary>
    internal async Task<PlayedRoundTrips> AskAsync(int port, PlayerFrames frames, double seconds, CancellationToken cancellationToken)
    {
        (RoundTrips measured, byte[] last) = await RunAsync(["player", port, frames.Path, seconds], seconds, cancellationToken);
        ServerResult answer = PlayerFraming.ReadMessage<ServerResult>(last.AsSpan(PlayerProtocol.LengthBytes));
        return answer.Outcome == Shared.Protocol.Requests.OutcomeKind.Ok
            ? new PlayedRoundTrips(measured, last.Length, answer.Code)
            : throw new InvalidOperationException($"The player's last line was answered {answer.Outcome} {answer.Code}: {answer.Text}");
    }

    /// <summary>Asks a process that answers with as many bytes as it is told.</summary>
    internal async Task<RoundTrips> EchoAsync(int requestBytes, int resultBytes, double seconds, CancellationToken cancellationToken) =>
        (await RunAsync(["echo", requestBytes, resultBytes, seconds], seconds, cancellationToken)).Measured;

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();

    private async Task<(RoundTrips Measured, byte[] LastAnswer)> RunAsync(object[] arguments, double seconds, CancellationToken cancellationToken)
    {
        string[] figures = (await _program.RunAsync(arguments, TimeSpan.FromSeconds(2 * seconds) + s_reserve, cancellationToken)).Trim().Split(' ');
        long[] numbers = [.. figures[..^1].Select(figure => long.Parse(figure, CultureInfo.InvariantCulture))];
        return (RoundTrips.FromC(numbers, all: numbers[6]), Convert.FromHexString(figures[^1]));
    }
}
