using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.State.Postgres;
using ChannelD.Tests.State.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChannelD.Tests.State;

[Collection(StateCollection.Name)]
public sealed class PostgresStateStoreTests(PostgresCluster cluster)
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly Mute s_mute = new(DateTimeOffset.UnixEpoch, "r");

    [RequiresPostgresFact]
    public async Task Server_CrashesAndComesBack_OperationsFailAndThenGoOn()
    {
        using PostgresStateStore store = await OpenAsync(await cluster.MakeConnectionAsync());
        Assert.True(await store.SetMuteAsync("a", s_mute, s_none));
        await cluster.CrashAsync();
        StateStoreException away = await Assert.ThrowsAsync<StateStoreException>(async () => await store.SetMuteAsync("b", s_mute, s_none));
        Assert.False(away.MayHaveHappened);
        await Assert.ThrowsAsync<StateStoreException>(async () => await store.LoadAsync("a", s_none));
        await cluster.StartAsync();
        bool isBack = false;
        for (long beganAt = TimeProvider.System.GetTimestamp(); !isBack && TimeProvider.System.GetElapsedTime(beganAt).TotalSeconds < 60;)
        {
            try
            {
                isBack = await store.SetMuteAsync("c", s_mute, s_none);
            }
            catch (StateStoreException)
            {
                // Within the pause after a failed connection.
            }
        }

        Assert.True(isBack);
        Assert.Equal(s_mute, (await store.LoadAsync("a", s_none)).Mute);
        Assert.Null((await store.LoadAsync("b", s_none)).Mute);
    }

    [RequiresPostgresFact]
    public async Task Schemas_TwoOfOneDatabase_AreTwoWorlds()
    {
        using PostgresStateStore one = await OpenAsync(await cluster.MakeConnectionAsync());
        using PostgresStateStore other = await OpenAsync(await cluster.MakeConnectionAsync());
        await one.SetMuteAsync("a", s_mute, s_none);
        Assert.Null((await other.LoadAsync("a", s_none)).Mute);
    }

    [RequiresPostgresFact]
    public async Task Open_OfANewerProgram_IsRefused()
    {
        string connectionText = await cluster.MakeConnectionAsync();
        (await OpenAsync(connectionText)).Dispose();
        using (var connection = new NpgsqlConnection(connectionText + ";Pooling=false"))
        {
            await connection.OpenAsync();
            using var command = new NpgsqlCommand("UPDATE schema_version SET version = 99", connection);
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        StateStoreException refused = await Assert.ThrowsAsync<StateStoreException>(() => OpenAsync(connectionText));
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_AndFailure_NeverHaveThePassword()
    {
        const string Password = "tr0ub4dor";
        using var store = new PostgresStateStore(
            $"Host=/nowhere;Database=world;Username=me;Password={Password}", TimeProvider.System, NullLogger<PostgresStateStore>.Instance);
        StateStoreException refused = await Assert.ThrowsAsync<StateStoreException>(async () => await store.OpenAsync(s_none));
        Assert.Equal("PostgreSQL at /nowhere:5432, database world, schema gameservers", store.Place);
        Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=/run/postgresql", true)]
    [InlineData("Host=db;Password='a;b'", true)]
    [InlineData("", false)]
    [InlineData("Username=me", false)]
    [InlineData("postgres://me@db/world", false)]
    [InlineData("Host=db;Port=x", false)]
    public void IsConnection_Text_IsJudgedWithoutConnecting(string text, bool isOne) => Assert.Equal(isOne, PostgresStateStore.IsConnection(text));

    private static async Task<PostgresStateStore> OpenAsync(string connection)
    {
        var store = new PostgresStateStore(connection, TimeProvider.System, NullLogger<PostgresStateStore>.Instance);
        try
        {
            await store.OpenAsync(s_none);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
