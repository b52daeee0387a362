using ChannelD.State;
using ChannelD.State.InMemory;
using ChannelD.State.Postgres;
using ChannelD.State.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Testing.Support.Folders;

namespace ChannelD.Tests.State.Support;

/// <summary>What several channelDs share: stores that one after the other, or at once, open the same data.</summary>
internal sealed class StoreWorld : IDisposable
{
    private readonly StateKind _kind;
    private readonly TempFolder _folder = new();
    private readonly List<IStateStore> _opened = [];
    private readonly InMemoryStateStore _memory = new();
    private readonly string _connection = string.Empty;

    private StoreWorld(StateKind kind, string connection)
    {
        _kind = kind;
        _connection = connection;
    }

    public static async Task<StoreWorld> MakeAsync(StateKind kind, PostgresCluster cluster) =>
        new(kind, kind == StateKind.Postgres ? await cluster.MakeConnectionAsync() : string.Empty);

    public async Task<IStateStore> OpenAsync()
    {
        IStateStore store = _kind switch
        {
            StateKind.Postgres => new PostgresStateStore(_connection, new PatientTime(), NullLogger<PostgresStateStore>.Instance),
            StateKind.Sqlite => new SqliteStateStore(
                [_folder.File("state.db")], isForGroup: false, new PatientTime(), NullLogger<SqliteStateStore>.Instance),
            _ => _memory,
        };
        _opened.Add(store);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }

    public void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        _memory.Dispose();
        _folder.Dispose();
    }
}
