using ChannelD.State.InMemory;
using ChannelD.State.Postgres;
using ChannelD.State.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Wire;

namespace ChannelD.State;

/// <summary>Registers the store that the configuration names.</summary>
public static class KeptStateServices
{
    private const string GroupMode = "0660";

    /// <summary>
    /// Adds the store, and the service that opens it. Before the service that takes log-ins, so that it is opened before and closed after it. On the
    /// wires that carry no sessions nobody could have anything kept: there it is memory.
    /// </summary>
    public static IServiceCollection AddKeptState(this IServiceCollection services)
    {
        services.AddSingleton(MakeStore);
        services.AddHostedService<StateService>();
        return services;
    }

    private static IStateStore MakeStore(IServiceProvider provider)
    {
        ChannelOptions options = provider.GetRequiredService<IOptions<ChannelOptions>>().Value;
        IpcOptions ipc = provider.GetRequiredService<IOptions<IpcOptions>>().Value;
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        return ipc.Wire != WireFormat.MessagePack ? new InMemoryStateStore() : options.State switch
        {
            StateKind.Postgres => new PostgresStateStore(
                options.StateConnection ?? string.Empty, time, provider.GetRequiredService<ILogger<PostgresStateStore>>()),
            StateKind.Memory => new InMemoryStateStore(),
            _ => new SqliteStateStore(
                StateFile.Candidates(options.StateFile, Environment.GetEnvironmentVariable),
                ipc.Mode == GroupMode,
                time,
                provider.GetRequiredService<ILogger<SqliteStateStore>>()),
        };
    }
}
