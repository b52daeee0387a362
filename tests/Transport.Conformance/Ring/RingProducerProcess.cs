using System.Diagnostics;
using System.Globalization;
using Testing.Support.Waiting;

namespace Transport.Conformance.Ring;

/// <summary><see cref="RingProducer"/> as a process. Disposal kills it.</summary>
public sealed class RingProducerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private RingProducerProcess(Process process) => _process = process;

    public static async Task<RingProducerProcess> StartAsync(RingHarness harness, string what, int number, string expected)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList =
            {
                "exec",
                typeof(RingProducerProcess).Assembly.Location,
                RingProducer.Word,
                what,
                harness.Folder,
                harness.Keys.RequestKey.ToString(CultureInfo.InvariantCulture),
                number.ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var producer = new RingProducerProcess(Process.Start(start)!);
        Assert.Equal(expected, await producer.ReadLineAsync());
        return producer;
    }

    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>Has it commit what it has claimed, and says what it says of that.</summary>
    public async Task<string?> CommitAsync()
    {
        _process.StandardInput.Close();
        return await ReadLineAsync();
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.DefaultDeadline);
}
