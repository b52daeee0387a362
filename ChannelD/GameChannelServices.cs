using System.Reflection;
using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChannelD;

/// <summary>Registers the game side of channelD.</summary>
public static class GameChannelServices
{
    /// <summary>
    /// Adds <see cref="GameChannel"/> and all it needs, with the built-in commands. <see cref="ChannelOptions"/> are bound and validated by
    /// the host; without that the defaults apply.
    /// </summary>
    public static IServiceCollection AddGameChannel(this IServiceCollection services)
    {
        services.AddOptions<ChannelOptions>();
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new CharacterDirectory(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.MaxCharacters));
        services.TryAddSingleton<ChannelMetrics>();
        services.TryAddSingleton<CommandRegistry>();
        services.TryAddSingleton<CommandDispatcher>();
        services.TryAddSingleton<GameChannel>();
        return services.AddPlayerCommands(typeof(IPlayerCommand).Assembly);
    }

    /// <summary>Adds every command of an assembly: each class that implements <see cref="IPlayerCommand"/> and is not nested in another.</summary>
    /// <param name="services">The services; whatever the commands' constructors ask for must be in them when the host starts.</param>
    /// <param name="assembly">The assembly. Adding one twice has no effect.</param>
    public static IServiceCollection AddPlayerCommands(this IServiceCollection services, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        IEnumerable<Type> commands = assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false, IsGenericTypeDefinition: false })
            .Where(type => type.IsAssignableTo(typeof(IPlayerCommand)));
        services.TryAddEnumerable(commands.Select(type => ServiceDescriptor.Singleton(typeof(IPlayerCommand), type)));
        return services;
    }
}
