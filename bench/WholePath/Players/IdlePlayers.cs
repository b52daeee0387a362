using System.Diagnostics;
using System.Globalization;
using Measuring;

namespace WholePath.Players;

/// <summary>Players who are logged in and only answer pings, in a C program of their own. Disposal ends them.</summary>
internal sealed class IdlePlayers : IAsyncDisposable
{
    private const string AreIn = "in";

    private static readonly TimeSpan s_inDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_endDeadline = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly PlayerFrames _frames;

    private IdlePlayers(Process process, PlayerFrames frames)
    {
        _process = process;
        _frames = frames;
    }

    /// <summary>Lets so many in; returns when all are.</summary>
    /// <param name="program">The C program <c>idle_players</c>. Not owned.</param>
    /// <param name="port">Where chatD listens.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends them.</param>
    internal static async Task<IdlePlayers> EnterAsync(CProgram program, int port, int count, CancellationToken cancellationToken)
    {
        var frames = PlayerFrames.OfLogIns(Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"구경꾼{i}")));
        var players = new IdlePlayers(program.Start([port, frames.Path]), frames);
        try
        {
            string? said = await players._process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_inDeadline, cancellationToken);
            return said == AreIn
                ? players
                : throw new InvalidOperationException($"Not all of {count} players got in: {await players._process.StandardError.ReadToEndAsync(cancellationToken)}");
        }
        catch
        {
            await players.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(s_endDeadline);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }
        finally
        {
            _process.Dispose();
            _frames.Dispose();
        }
    }
}
