using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>Registers what a daemon has to do with systemd.</summary>
public static class SystemdServices
{
    /// <summary>
    /// Has systemd told how the daemon is, where it wants to know (NOTIFY_SOCKET), and the operator warned of a user whose queues would be removed.
    /// </summary>
    /// <typeparam name="TPulse">The service of the daemon that knows how it is; registered by the caller.</typeparam>
    public static void AddSystemd<TPulse>(this IHostApplicationBuilder builder)
        where TPulse : class, IDaemonPulse
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IDaemonPulse>(services => services.GetRequiredService<TPulse>());
        builder.Services.AddSingleton(new LogindSettings("/"));
        builder.Services.AddHostedService<LogOutWarning>();
        if (SystemdEnvironment.Read(Environment.GetEnvironmentVariable, Environment.ProcessId) is { } environment)
        {
            builder.Services.AddSingleton(environment);
            builder.Services.AddHostedService<SystemdReporter>();
        }
    }
}
