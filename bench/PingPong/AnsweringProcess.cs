using System.Diagnostics;
using System.Globalization;
using Measuring;

namespace PingPong;

/// <summary>The answering process as its parent holds it.</summary>
internal sealed class AnsweringProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private AnsweringProcess(Process process) => _process = process;

    /// <summary>Starts this program once more, and waits until it reads its queue.</summary>
    internal static async Task<AnsweringProcess> StartAsync(int key)
    {
        var answering = new AnsweringProcess(
            Process.Start(ThisProgram.Start(
                typeof(AnsweringProcess).Assembly, "--answer", key.ToString(CultureInfo.InvariantCulture)))!);
        if (await answering.ReadLineAsync() != "ready")
        {
            await answering.DisposeAsync();
            throw new InvalidOperationException("The answering process does not start.");
        }

        return answering;
    }

    /// <summary>What it has used so far, read at the start of what is measured.</summary>
    internal Task<ProcessUsage> GetUsageAtStartAsync() => GetUsageAsync("start");

    /// <summary>What it has used so far, read at the end of what is measured.</summary>
    internal Task<ProcessUsage> GetUsageAtEndAsync() => GetUsageAsync("end");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            _process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(s_deadline);
            try
            {
                await _process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }
    }

    private async Task<ProcessUsage> GetUsageAsync(string moment)
    {
        await _process.StandardInput.WriteLineAsync(moment);
        await _process.StandardInput.FlushAsync();
        string line = await ReadLineAsync() ?? throw new InvalidOperationException("The answering process has ended.");
        long[] numbers = [.. line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new ProcessUsage(numbers[0], numbers[1], numbers[2]);
    }

    private async Task<string?> ReadLineAsync()
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        return await _process.StandardOutput.ReadLineAsync(deadline.Token);
    }
}
