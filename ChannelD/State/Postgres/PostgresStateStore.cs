using System.Data.Common;
using System.Globalization;
using ChannelD.State.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shared.Protocol.Diagnostics;

namespace ChannelD.State.Postgres;

/// <summary>Keeps everything on a PostgreSQL server, in a schema of its own: <c>gameservers</c>, or the connection's <c>Search Path</c>.</summary>
public sealed class PostgresStateStore : SqlStateStore
{
    private const string DefaultSchema = "gameservers";
    private const int Readers = 4;

    // Where the connection says nothing else: below the deadline of an operation, or little above it.
    private const int ConnectTimeoutSeconds = 3;
    private const int CommandTimeoutSeconds = 2;

    // Drawn once; only that it differs from other programs' matters.
    private const long MigrationLock = 0x6761_6D65_7374_6174;

    private readonly string _connectionText;
    private readonly string _schema;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connection">The connection, as Npgsql takes it. Never logged.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <param name="logger">Hears when the store is lost, and when it is back.</param>
    /// <exception cref="ArgumentException">It cannot be read, or has more than one schema in its search path.</exception>
    public PostgresStateStore(string connection, TimeProvider time, ILogger<PostgresStateStore> logger)
        : base(Readers, time, logger)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Enlist = false };
        builder.SearchPath = string.IsNullOrEmpty(builder.SearchPath) ? DefaultSchema : builder.SearchPath;
        if (!builder.SearchPath.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException("The search path of the connection has to be one schema, of lower-case letters, digits and _.", nameof(connection));
        }

        builder.Timeout = IsGiven(builder, "Timeout") ? builder.Timeout : ConnectTimeoutSeconds;
        builder.CommandTimeout = IsGiven(builder, "Command Timeout") ? builder.CommandTimeout : CommandTimeoutSeconds;
        builder.ApplicationName ??= "channeld";
        _schema = builder.SearchPath;
        _connectionText = builder.ToString();
        Place = string.Create(
            CultureInfo.InvariantCulture, $"PostgreSQL at {builder.Host}:{builder.Port}, database {builder.Database ?? builder.Username}, schema {_schema}");
    }

    /// <inheritdoc/>
    public override string Place { get; }

    private protected override string DatabaseSystem => "postgresql";

    private protected override bool IsRemote => true;

    /// <summary>Whether a text is a connection that this store takes.</summary>
    public static bool IsConnection(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(Prepare, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException or TimeoutException or InvalidOperationException)
        {
            throw new StateStoreException(UserText.Escape(exception.Message), exception);
        }
    }

    private protected override DbConnection Open()
    {
        var connection = new NpgsqlConnection(_connectionText);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private protected override void BeginRead(DbConnection connection) =>
        new SqlCommands(connection).Run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    // The row's lock lets one change after the other happen, so that they become visible in the order of their numbers.
    private protected override void BeginWrite(DbConnection connection)
    {
        var commands = new SqlCommands(connection);
        commands.Run("BEGIN ISOLATION LEVEL READ COMMITTED");
        _ = commands.ReadNumber("SELECT value FROM change_counter FOR UPDATE");
    }

    private void Prepare()
    {
        using DbConnection connection = Open();
        var commands = new SqlCommands(connection);
        commands.Run("BEGIN ISOLATION LEVEL READ COMMITTED");

        // Of several channelDs that start at once, one makes the tables.
        _ = commands.Read("SELECT pg_advisory_xact_lock(@lock)", static _ => 0, ("@lock", MigrationLock));
        if (commands.ReadNumber("SELECT 1 FROM pg_namespace WHERE nspname = @schema", ("@schema", _schema)) is null)
        {
            // Only letters, digits and _: checked above.
            commands.Run($"CREATE SCHEMA {_schema}");
        }

        commands.Run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        int version = (int)(commands.ReadNumber("SELECT version FROM schema_version") ?? 0);
        SqlSchema.Migrate(commands, version);
        commands.Run("DELETE FROM schema_version");
        commands.Run("INSERT INTO schema_version (version) VALUES (@version)", ("@version", SqlSchema.Version));
        commands.Run("COMMIT");
    }

    private static bool IsGiven(NpgsqlConnectionStringBuilder builder, string keyword) => builder.ContainsKey(keyword);
}
