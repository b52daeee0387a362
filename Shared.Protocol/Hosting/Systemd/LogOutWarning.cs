using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>Warns at the start of a daemon whose queues logind would remove at a log-out.</summary>
internal sealed class LogOutWarning(LogindSettings logind, ILogger<LogOutWarning> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        uint user = Unistd.geteuid();
        if (logind.RemovesQueuesOf(user, Environment.UserName, out string source))
        {
            SystemdLog.QueuesAreRemovedAtLogOut(logger, user, source, logind.FirstRegularUser);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
