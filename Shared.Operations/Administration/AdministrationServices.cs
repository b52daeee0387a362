using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Shared.Operations.Administration;

/// <summary>Registers administration.</summary>
public static class AdministrationServices
{
    /// <summary>Adds a command.</summary>
    /// <typeparam name="T">Does it. Made once.</typeparam>
    public static IServiceCollection AddAdminCommand<T>(this IServiceCollection services)
        where T : class, IAdminCommand
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAdminCommand, T>());
        return services;
    }

    /// <summary>Adds to what the daemon tells of itself.</summary>
    /// <typeparam name="T">Tells it. Made once.</typeparam>
    public static IServiceCollection AddStatus<T>(this IServiceCollection services)
        where T : class, IStatusContributor
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStatusContributor, T>());
        return services;
    }

    /// <summary>Adds the endpoint, with what both daemons have: status, metrics, draining.</summary>
    internal static void AddAdministration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAdminCommand<StatusCommand>();
        builder.Services.AddAdminCommand<MetricsCommand>();
        builder.Services.AddAdminCommand<DrainCommand>();
        builder.Services.AddReadiness<Readiness.DrainReadiness>();
        builder.Services.AddHostedService<AdminEndpoint>();
    }
}
