using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shared.Operations.Administration;
using Shared.Operations.Endpoint;
using Shared.Operations.Metrics;
using Shared.Operations.Otlp;
using Shared.Operations.Page;
using Shared.Operations.Readiness;
using Shared.Operations.Reloading;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Transport;

namespace Shared.Operations;

/// <summary>Registers how a daemon is operated.</summary>
public static class OperationsServices
{
    /// <summary>
    /// Adds the section <c>Ops</c>, the endpoint for health and metrics, that of administration, the export of metrics and spans by OTLP, and the reload on SIGHUP. To be called behind the
    /// registration of the service that holds the daemon's place at the queues: it starts after that one, which has refused a second daemon of
    /// this number by then, and stops before it.
    /// </summary>
    /// <param name="builder">The daemon's builder.</param>
    /// <param name="daemonName">Its name, e.g. <c>chatD</c>.</param>
    /// <param name="claim">Tells its role and number, from its options.</param>
    public static void AddOperations(this IHostApplicationBuilder builder, string daemonName, Func<IServiceProvider, DaemonClaim> claim)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddValidatedOptions<OpsOptions>(builder.Configuration, OpsOptions.Section);
        builder.Services.TryAddSingleton(services => new DaemonIdentity(daemonName, claim(services)));
        builder.Services.AddReadiness<QueueReadiness>();
        builder.Services.AddReadiness<LinkReadiness>();
        builder.Services.AddReadiness<LifetimeReadiness>();
        builder.Services.TryAddSingleton<ReadinessChecks>();
        builder.Services.TryAddSingleton(services => new IpcMetrics(
            services.GetRequiredService<IMeterFactory>(),
            services.GetRequiredService<IpcState>(),
            services.GetRequiredService<DaemonIdentity>().Claim.Role));
        builder.Services.TryAddSingleton<MetricsKeeper>();
        builder.Services.AddHostedService<OperationsEndpoint>();
        builder.Services.TryAddSingleton<TraceSampling>();
        builder.Services.AddHostedService<TraceService>();
        builder.AddAdministration();
        builder.Services.AddHostedService<ConfigurationReload>();
    }

    /// <summary>Has the endpoint serve the operations page, for the daemon whose metrics it draws: chatD.</summary>
    /// <param name="builder">The daemon's builder.</param>
    /// <param name="firstPort">The loopback port of the daemon with the number 0 where none is configured; the others' follow.</param>
    public static void AddOperationsPage(this IHostApplicationBuilder builder, int firstPort)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(new PageSettings(firstPort));
    }

    /// <summary>Adds something without which the daemon is not ready.</summary>
    /// <typeparam name="T">Looks at it. Made once.</typeparam>
    public static IServiceCollection AddReadiness<T>(this IServiceCollection services)
        where T : class, IReadiness
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReadiness, T>());
        return services;
    }
}
