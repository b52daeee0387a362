using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Protocol.Hosting;

/// <summary>Binds sections of the configuration to options classes and checks them before anything starts.</summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>
    /// Binds <paramref name="section"/> to <typeparamref name="T"/>: properties that can be set, of type string, bool, int, long, an
    /// enumeration, nullable ones of these, or a list of strings; ranges by <c>[Range]</c>, <c>[AllowedValues]</c> and the like;
    /// pairs by <c>IValidatableObject</c> or a registered <c>IValidateOptions</c>.
    /// </summary>
    /// <remarks>
    /// Nothing is thrown here. <see cref="DaemonHost"/> checks all sections together before the first hosted service starts; whoever
    /// asks for <c>IOptions&lt;T&gt;</c> earlier gets the same <see cref="ConfigurationException"/> with the faults of all sections.
    /// <c>IOptions&lt;T&gt;</c> stays as it was at start. <c>IOptionsMonitor&lt;T&gt;</c> changes when the daemon is told to read its
    /// configuration again and an option of the section that is marked <see cref="ReloadableAttribute"/> has changed.
    /// </remarks>
    /// <exception cref="ArgumentException">The class or the section is already used otherwise.</exception>
    public static IServiceCollection AddValidatedOptions<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(section);
        services.AddOptions();
        SettingsRegistry registry = Registry(services);
        if (registry.TryAdd<T>(configuration, section))
        {
            services.AddSingleton<IOptionsChangeTokenSource<T>>(new SettingsChangeSource<T>(registry));
            services.Replace(ServiceDescriptor.Transient<IOptionsFactory<T>, BoundOptionsFactory<T>>());
        }

        return services;
    }

    /// <summary>The one registry of these services.</summary>
    internal static SettingsRegistry Registry(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(SettingsRegistry))?.ImplementationInstance is SettingsRegistry known)
        {
            return known;
        }

        SettingsRegistry registry = new();
        services.AddSingleton(registry);
        return registry;
    }
}
