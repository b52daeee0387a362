using System.Diagnostics.Metrics;
using System.Reflection;
using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Limits;
using ChannelD.Moderation;
using ChannelD.Presence;
using ChannelD.Social;
using ChannelD.Speech;
using ChannelD.State;
using ChannelD.State.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;

namespace ChannelD;

/// <summary>Registers the game side of channelD.</summary>
public static class GameChannelServices
{
    /// <summary>
    /// Adds <see cref="GameChannel"/> and all it needs, with the built-in commands. <see cref="ChannelOptions"/> and <see cref="LimitOptions"/> are bound
    /// and validated by the host; without that the defaults apply. What is to be kept is kept in memory, unless a store is registered before.
    /// </summary>
    public static IServiceCollection AddGameChannel(this IServiceCollection services)
    {
        services.AddOptions<ChannelOptions>();
        services.AddOptions<LimitOptions>();
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new CharacterDirectory(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.MaxCharacters,
            provider.GetRequiredService<ReplicaDirectory>()));
        services.TryAddSingleton(provider => new ReplicaDirectory(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new WorldDirectory(
            provider.GetRequiredService<CharacterDirectory>(),
            provider.GetRequiredService<ReplicaDirectory>(),
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.Id));
        services.TryAddSingleton<PresenceNotices>();
        services.TryAddSingleton<PresenceParts>();
        services.TryAddSingleton<EventRelay>();
        services.TryAddSingleton<IEventSink>(provider => provider.GetRequiredService<EventRelay>());
        services.TryAddSingleton<IStateStore, InMemoryStateStore>();
        services.TryAddSingleton<OnlineRecords>();
        services.TryAddSingleton<IMutes>(provider => provider.GetRequiredService<OnlineRecords>());
        services.TryAddSingleton(MakeGameMasters);
        services.TryAddSingleton<Neighbours>();
        services.TryAddSingleton<Muting>();
        services.TryAddSingleton<Friends>();
        services.TryAddSingleton<IPresenceObserver, FriendNotices>();
        services.TryAddSingleton(provider => new ChannelMetrics(
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<CharacterDirectory>(),
            provider.GetRequiredService<ReplicaDirectory>(),
            provider.GetRequiredService<EventRelay>(),
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.Id));
        services.TryAddSingleton(provider => MakeRegistry([.. provider.GetServices<IPlayerCommand>()]));
        services.TryAddSingleton(MakeLimits);
        services.TryAddSingleton<CommandGate>();
        services.TryAddSingleton<TraceTaps>();
        services.TryAddSingleton<SpeechRelay>();
        services.TryAddSingleton<Whispers>();
        services.TryAddSingleton<CommandDispatcher>();
        services.TryAddSingleton<GameChannel>();
        return services.AddPlayerCommands(typeof(IPlayerCommand).Assembly);
    }

    private static CommandLimits MakeLimits(IServiceProvider provider)
    {
        IOptionsMonitor<LimitOptions> options = provider.GetRequiredService<IOptionsMonitor<LimitOptions>>();
        var limits = new CommandLimits(
            options.CurrentValue,
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.MaxCharacters,
            provider.GetRequiredService<TimeProvider>());

        // Both end with the services. What has changed since the value was read is taken over by the call after it.
        _ = options.OnChange(limits.Use);
        limits.Use(options.CurrentValue);
        return limits;
    }

    private static GameMasters MakeGameMasters(IServiceProvider provider)
    {
        IOptionsMonitor<ChannelOptions> options = provider.GetRequiredService<IOptionsMonitor<ChannelOptions>>();
        var masters = new GameMasters(Options.Create(options.CurrentValue));
        _ = options.OnChange(masters.Use);
        masters.Use(options.CurrentValue);
        return masters;
    }

    private static CommandRegistry MakeRegistry(IPlayerCommand[] commands)
    {
        try
        {
            return new CommandRegistry(commands);
        }
        catch (InvalidOperationException unsound)
        {
            // Whoever starts the daemon gets the sentence, and not the places in the code that it came by.
            throw new SetupException(unsound.Message, unsound);
        }
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
