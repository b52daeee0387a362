using System.Data.Common;
using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.State.Postgres;
using ChannelD.State.Sql;
using ChannelD.State.Sqlite;
using ChannelD.Tests.State.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Testing.Support.Folders;

namespace ChannelD.Tests.State;

/// <summary>A store that an older channelD has made, and still uses for the time of an upgrade.</summary>
[Collection(StateCollection.Name)]
public sealed class StateUpgradeTests(PostgresCluster cluster) : IDisposable
{
    private const string PutMuteOfVersion1 =
        "INSERT INTO mutes (name_key, until_ms, reason) VALUES ('a', 2000, 'later') ON CONFLICT (name_key) DO UPDATE SET until_ms = excluded.until_ms, reason = excluded.reason";

    // As version 1 left it: a change of each kind.
    private static readonly string[] s_contents =
    [
        "UPDATE change_counter SET value = 4",
        "INSERT INTO changes (name_key, number) VALUES ('a', 1), ('b', 4)",
        "INSERT INTO mutes (name_key, until_ms, reason) VALUES ('a', 1000, '욕설')",
        "INSERT INTO names (owner, list, name_key, name, number) VALUES ('b', 1, 'a', 'A', 2)",
        "INSERT INTO parties (id, leader) VALUES (3, 'b')",
        "INSERT INTO members (name_key, name, party, number) VALUES ('b', 'B', 3, 3)",
    ];

    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sqlite_FileOfVersion1_IsUpgradedWithoutLossUnderAChannelThatRunsOn()
    {
        string path = _folder.File("state.db");
        using var older = new SqliteConnection($"Data Source={path};Pooling=false");
        await older.OpenAsync();
        Run(older, ["PRAGMA journal_mode = WAL", .. SqlSchema.Steps[0], "PRAGMA user_version = 1", .. s_contents]);

        using var store = new SqliteStateStore([path], false, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
        await store.OpenAsync(s_none);
        Assert.Equal(2L, SqliteStateStoreTests.Execute(path, "PRAGMA user_version"));
        await AssertUpgradedAsync(store, () => Run(older, [PutMuteOfVersion1]));
    }

    [RequiresPostgresFact]
    public async Task Postgres_SchemaOfVersion1_IsUpgradedWithoutLossUnderAChannelThatRunsOn()
    {
        string connectionText = await cluster.MakeConnectionAsync();
        string schema = new NpgsqlConnectionStringBuilder(connectionText).SearchPath!;
        using var older = new NpgsqlConnection(connectionText + ";Pooling=false");
        await older.OpenAsync();
        Run(older, [$"CREATE SCHEMA {schema}", .. SqlSchema.Steps[0], "CREATE TABLE schema_version (version INTEGER NOT NULL)", "INSERT INTO schema_version (version) VALUES (1)", .. s_contents]);

        using var store = new PostgresStateStore(connectionText, TimeProvider.System, NullLogger<PostgresStateStore>.Instance);
        await store.OpenAsync(s_none);
        await AssertUpgradedAsync(store, () => Run(older, [PutMuteOfVersion1]));
    }

    private static async Task AssertUpgradedAsync(SqlStateStore store, Action muteAsVersion1)
    {
        // Who has muted him is not known; all else is as it was.
        CharacterRecord record = await store.LoadAsync("a", s_none);
        Assert.Equal((1L, new Mute(DateTimeOffset.FromUnixTimeMilliseconds(1000), "욕설")), (record.Version, record.Mute));
        record = await store.LoadAsync("b", s_none);
        Assert.Equal([new KeptName("a", "A")], record.Blocks);
        Assert.Equal((3L, "b"), (record.Party!.Id, record.Party.LeaderKey));
        Assert.Equal(4, await store.GetCursorAsync(s_none));

        var mute = new Mute(DateTimeOffset.FromUnixTimeMilliseconds(5000), "r", "운영자", DateTimeOffset.FromUnixTimeMilliseconds(4000));
        Assert.True(await store.SetMuteAsync("a", mute, s_none));
        Assert.Equal(mute, (await store.LoadAsync("a", s_none)).Mute);

        // The older one knows nothing of who: its mute is not said to be that of whoever was before.
        muteAsVersion1();
        Assert.Equal(new Mute(DateTimeOffset.FromUnixTimeMilliseconds(2000), "later"), (await store.LoadAsync("a", s_none)).Mute);
    }

    private static void Run(DbConnection connection, string[] statements)
    {
        foreach (string statement in statements)
        {
            new SqlCommands(connection).Run(statement);
        }
    }
}
