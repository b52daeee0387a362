using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.State.Sqlite;
using ChannelD.Tests.State.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting;
using Testing.Support.Folders;
using Testing.Support.Users;
using Testing.Support.Waiting;

namespace ChannelD.Tests.State;

#pragma warning disable CA1416 // The tests run on Linux.
public sealed class SqliteStateStoreTests : IDisposable
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForGroup = ForOwner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly Mute s_mute = new(DateTimeOffset.UnixEpoch, "r");

    private readonly TempFolder _folder = new();
    private readonly List<SqliteStateStore> _stores = [];

    [Theory]
    [InlineData(false, ForOwner)]
    [InlineData(true, ForGroup)]
    public async Task Open_NothingThere_MakesFolderAndFilesForThoseAlone(bool isForGroup, UnixFileMode mode)
    {
        string path = _folder.File("deep/er/state.db");
        SqliteStateStore store = await OpenAsync(isForGroup, path);
        await store.SetMuteAsync("a", s_mute, s_none);
        Assert.Equal(path, store.Place);
        foreach (string file in (string[])[path, path + "-wal", path + "-shm"])
        {
            Assert.Equal(mode, File.GetUnixFileMode(file));
        }

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder.File("deep/er")) & (UnixFileMode)0x7);
    }

    [Fact]
    public async Task Close_AllStores_LeavesOneFile()
    {
        SqliteStateStore store = await OpenAsync(false, _folder.File("state.db"));
        await store.SetMuteAsync("a", s_mute, s_none);
        await store.LoadAsync("a", s_none);
        store.Dispose();
        Assert.Equal([_folder.File("state.db")], System.IO.Directory.GetFiles(_folder.Path));
        StateStoreException closed = await Assert.ThrowsAsync<StateStoreException>(async () => await store.SetMuteAsync("b", s_mute, s_none));
        Assert.False(closed.MayHaveHappened);
    }

    [Fact]
    public async Task Open_FirstFolderCannotBeUsed_TakesTheNext()
    {
        await File.WriteAllTextAsync(_folder.File("plain"), "");
        SqliteStateStore store = await OpenAsync(false, _folder.File("plain/state.db"), _folder.File("b/state.db"));
        Assert.Equal(_folder.File("b/state.db"), store.Place);
    }

    [Fact]
    public async Task Open_FileThatIsNone_IsRefusedAndNotPassedOver()
    {
        await File.WriteAllTextAsync(_folder.File("state.db"), new string('x', 5000));
        await Assert.ThrowsAsync<StateStoreException>(() => OpenAsync(false, _folder.File("state.db"), _folder.File("b.db")));
        Assert.Equal(5000, new FileInfo(_folder.File("state.db")).Length);
        Assert.False(File.Exists(_folder.File("b.db")));
    }

    [Fact]
    public async Task Open_NoCandidate_SaysSo() =>
        Assert.Contains("STATE_DIRECTORY", (await Assert.ThrowsAsync<StateStoreException>(() => OpenAsync(false))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Open_OfANewerProgram_IsRefusedUnchanged()
    {
        string path = _folder.File("state.db");
        (await OpenAsync(false, path)).Dispose();
        Execute(path, "PRAGMA user_version = 99");
        StateStoreException refused = await Assert.ThrowsAsync<StateStoreException>(() => OpenAsync(false, path));
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        Assert.Equal(99L, Execute(path, "PRAGMA user_version"));
    }

    [Fact]
    public async Task Open_KilledWhileItWasMade_IsMadeAnew()
    {
        // An empty file is what a process leaves behind that was killed right after it made it.
        await File.WriteAllBytesAsync(_folder.File("state.db"), []);
        SqliteStateStore store = await OpenAsync(false, _folder.File("state.db"));
        Assert.True(await store.SetMuteAsync("a", s_mute, s_none));
    }

    [Fact]
    public async Task Write_LockedBySomebodyElse_FailsSurelyNotDoneWhileReadsGoOn()
    {
        string path = _folder.File("state.db");
        SqliteStateStore store = await OpenAsync(false, path);
        await store.SetMuteAsync("a", s_mute, s_none);
        using (var other = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            await other.OpenAsync();
            using SqliteTransaction held = other.BeginTransaction(deferred: false);
            StateStoreException busy = await Assert.ThrowsAsync<StateStoreException>(async () => await store.SetMuteAsync("b", s_mute, s_none));
            Assert.False(busy.MayHaveHappened);
            Assert.Equal(s_mute, (await store.LoadAsync("a", s_none)).Mute);
        }

        Assert.True(await store.SetMuteAsync("c", s_mute, s_none));
        Assert.Equal(s_mute, (await store.LoadAsync("c", s_none)).Mute);
    }

    [Fact]
    public async Task Write_SeveralWait_TheFirstIsNotOvertaken()
    {
        string path = _folder.File("state.db");
        SqliteStateStore first = await OpenAsync(false, path);
        SqliteStateStore second = await OpenAsync(false, path);
        using FolderLock turn = FolderLock.TryOpen(_folder.Path)!;
        for (int round = 0; round < 10; round++)
        {
            using var other = new SqliteConnection($"Data Source={path};Pooling=false");
            await other.OpenAsync();
            Task<bool> before;
            Task<bool> after;
            using (SqliteTransaction held = other.BeginTransaction(deferred: false))
            {
                before = first.SetMuteAsync($"before {round}", s_mute, s_none).AsTask();
                await Eventually.TrueAsync(
                    () =>
                    {
                        bool isFree = turn.TryTake();
                        turn.Release();
                        return !isFree || before.IsCompleted;
                    },
                    "the first one waits");
                after = second.SetMuteAsync($"after {round}", s_mute, s_none).AsTask();
            }

            Assert.True(await before);
            Assert.True(await after);
        }

        for (int round = 0; round < 10; round++)
        {
            long NumberOf(string key) => (long)Execute(path, $"SELECT number FROM changes WHERE name_key = '{key} {round}'")!;
            Assert.True(NumberOf("before") < NumberOf("after"), $"The second came before the first in round {round}.");
        }
    }

    [Fact]
    public async Task Write_SomebodyElseHasTheFoldersLock_IsOnlyLater()
    {
        SqliteStateStore store = await OpenAsync(false, _folder.File("state.db"));
        using FolderLock turn = FolderLock.TryOpen(_folder.Path)!;
        Assert.True(turn.TryTake());
        Assert.True(await store.SetMuteAsync("a", s_mute, s_none));
    }

    [RequiresOtherUserFact]
    public async Task Open_FolderThatIsRootsAlone_IsRefusedWithItsPath()
    {
        using var pair = new Testing.Support.Ipc.UniqueIpcKeys();
        using var daemon = Testing.Support.Processes.DaemonProcess.Launch(
            Launchers.As(Launchers.FirstUid), "ChannelD", [$"--Ipc:RequestKey={pair.RequestKey}", $"--Channel:StateFile={_folder.File("state.db")}"]);
        Assert.Equal(3, await daemon.ExitAsync());
        Assert.Contains(_folder.File("state.db"), daemon.Error, StringComparison.Ordinal);
        Assert.Contains("Channel:StateFile", daemon.Error, StringComparison.Ordinal);
        Assert.Contains("Channel:State=memory", daemon.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    internal static object? Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private async Task<SqliteStateStore> OpenAsync(bool isForGroup, params string[] candidates)
    {
        var store = new SqliteStateStore(candidates, isForGroup, new PatientTime(), NullLogger<SqliteStateStore>.Instance);
        _stores.Add(store);
        await store.OpenAsync(s_none);
        return store;
    }
}
