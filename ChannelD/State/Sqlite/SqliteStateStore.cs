using System.Data.Common;
using System.Diagnostics;
using ChannelD.State.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;
using SQLitePCL;

namespace ChannelD.State.Sqlite;

/// <summary>
/// Keeps everything in a file of this host, which all channelDs of the host may share. What an operation has returned is on the disk: WAL with
/// <c>synchronous=FULL</c>.
/// </summary>
/// <remarks>The file must lie on a local file system: SQLite's locks do not work over a network.</remarks>
public sealed class SqliteStateStore : SqlStateStore
{
    // How long a change waits for those of other channelDs: it is to fail before its deadline does, for then it surely has not happened.
    private const int BusyTimeoutMs = DeadlineMs - 100;

    // SQLite's own waiting grows to 100 ms a try, and a busy neighbour lets go of the lock for microseconds.
    private const int BusyPauseMs = 1;

    // The driver's, for what is rarely refused: the first read after a crash, while another one mends the file.
    private const int DriverTimeoutSeconds = 1;

    // SQLITE_BUSY and SQLITE_LOCKED.
    private const int Busy = 5;
    private const int Locked = 6;

    private static readonly TimeSpan s_openTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_openPause = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _time;
    private readonly IReadOnlyList<string> _candidates;
    private readonly UnixFileMode _mode;
    private readonly ManualResetEventSlim _closing = new();
    private string? _path;

    // Whoever waits for the database holds it, and whoever wants to wait needs it: so one who writes all the time lets the other one in between.
    private FolderLock? _turn;

    static SqliteStateStore() => Batteries_V2.Init();

    /// <summary>Opens nothing yet.</summary>
    /// <param name="candidates">
    /// Files, of which the first is used that is there or can be made, with its folder. One that is there and cannot be used is not passed over:
    /// it has what players rely on.
    /// </param>
    /// <param name="isForGroup">Whether a file that is made is for the group (mode 0660) and not for its owner alone (0600).</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <param name="logger">Hears when the store is lost, and when it is back.</param>
    public SqliteStateStore(IReadOnlyList<string> candidates, bool isForGroup, TimeProvider time, ILogger<SqliteStateStore> logger)
        : base(readers: 1, time, logger)
    {
        _time = time;
        _candidates = candidates;
        _mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (isForGroup ? UnixFileMode.GroupRead | UnixFileMode.GroupWrite : 0);
    }

    /// <summary>The path of the file; all that may be used before it is open.</summary>
    public override string Place => _path ?? string.Join(" or ", _candidates);

    private protected override string DatabaseSystem => "sqlite";

    private protected override bool IsRemote => false;

    /// <inheritdoc/>
    public override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        ChooseFile();
        _turn ??= FolderLock.TryOpen(Path.GetDirectoryName(Path.GetFullPath(_path!))!);
        long beganAt = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await Task.Run(Prepare, cancellationToken);
                return;
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode is Busy or Locked && _time.GetElapsedTime(beganAt) < s_openTime)
            {
                // Another channelD makes it at this moment; SQLite does not wait for every step of that.
                await Task.Delay(s_openPause, _time, cancellationToken);
            }
            catch (SqliteException exception)
            {
                throw new StateStoreException(UserText.Escape(exception.Message), exception);
            }
        }
    }

    private protected override DbConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = SqliteOpenMode.ReadWrite,
            Cache = SqliteCacheMode.Private,
            DefaultTimeout = DriverTimeoutSeconds,

            // A connection that is closed is to let go of the file.
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            new SqlCommands(connection).Run("PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private protected override void BeginRead(DbConnection connection) => new SqlCommands(connection).Run("BEGIN");

    // IMMEDIATE: it is the only one that writes from its beginning, so nothing it has read can be out of date.
    private protected override void BeginWrite(DbConnection connection)
    {
        try
        {
            BeginImmediate(((SqliteConnection)connection).Handle!, BusyTimeoutMs);
        }
        finally
        {
            _turn?.Release();
        }
    }

    private protected override void Dispose(bool disposing)
    {
        _closing.Set();
        base.Dispose(disposing);
        _turn?.Dispose();
    }

    private void BeginImmediate(sqlite3 handle, int timeoutMs)
    {
        long beganAt = Stopwatch.GetTimestamp();
        while (true)
        {
            // Somebody who has nothing to do with this may hold the folder's lock: it keeps nobody from the database for more than half of the time.
            double waitedMs = Stopwatch.GetElapsedTime(beganAt).TotalMilliseconds;
            int code = (_turn?.TryTake() ?? true) || waitedMs > timeoutMs / 2 ? raw.sqlite3_exec(handle, "BEGIN IMMEDIATE") : Busy;
            if (code != Busy)
            {
                SqliteException.ThrowExceptionForRC(code, handle);
                return;
            }

            if (waitedMs > timeoutMs)
            {
                throw new StateStoreException($"Another channelD has kept the file locked for {timeoutMs} ms.");
            }

            // On the store's own thread, which ends at once where the store is closed.
            if (_closing.Wait(BusyPauseMs))
            {
                throw new StateStoreException("It is being closed.");
            }
        }
    }

    private void Prepare()
    {
        using var connection = (SqliteConnection)Open();
        var commands = new SqlCommands(connection);
        if (commands.Read("PRAGMA journal_mode = WAL", static row => row.GetString(0)) is not ["wal"])
        {
            throw new StateStoreException("its file system does not allow SQLite's WAL, which needs shared memory; put it on a local disk");
        }

        BeginWrite(connection);
        int version = (int)(commands.ReadNumber("PRAGMA user_version") ?? 0);
        SqlSchema.Migrate(commands, version);
        commands.Run($"PRAGMA user_version = {SqlSchema.Version}");
        commands.Run("COMMIT");
    }

    private void ChooseFile()
    {
        List<string> reasons = [];
        foreach (string candidate in _candidates)
        {
            try
            {
                MakeFile(candidate);
                _path = candidate;
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                reasons.Add(UserText.Escape(exception.Message));
            }
        }

        throw new StateStoreException(reasons.Count == 0 ? "there is neither STATE_DIRECTORY nor a home folder" : string.Join(" ", reasons));
    }

    // SQLite would make it as the umask says; the files beside it (-wal, -shm) get the mode of this one.
#pragma warning disable CA1416 // A daemon for Linux.
    private void MakeFile(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            _ = System.IO.Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        }

        try
        {
            using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = _mode });
            File.SetUnixFileMode(made.SafeFileHandle, _mode);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another channelD was first.
        }
    }
#pragma warning restore CA1416
}
