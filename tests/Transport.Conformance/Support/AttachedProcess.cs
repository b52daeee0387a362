using System.Diagnostics;
using System.Globalization;
using Shared.Protocol.Transport;
using Testing.Support.Waiting;

namespace Transport.Conformance.Support;

/// <summary>Another process that is attached to a pair of keys as a daemon. Disposal kills it.</summary>
public sealed class AttachedProcess : IAsyncDisposable
{
    private readonly Process _process;

    private AttachedProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static async Task<AttachedProcess> StartAsync(DaemonClaim claim, int requestKey)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList =
            {
                "exec",
                typeof(AttachedProcess).Assembly.Location,
                claim.Role.ToString(),
                claim.Instance.ToString(CultureInfo.InvariantCulture),
                requestKey.ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var attached = new AttachedProcess(Process.Start(start)!);
        string? line = await attached._process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal("attached", line);
        return attached;
    }

    /// <summary>kill -9: it cannot clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
    }

    /// <summary>A clean stop.</summary>
    public async Task LeaveAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
