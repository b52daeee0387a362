using System.Globalization;
using Npgsql;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace ChannelD.Tests.State.Support;

/// <summary>
/// A PostgreSQL server of the tests' own: a new cluster in a new folder, reached over a Unix socket in it alone. Stopped and removed at the end.
/// </summary>
#pragma warning disable CA1001 // xunit calls DisposeAsync.
public sealed class PostgresCluster : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string User = "postgres";

    private static readonly string? s_binaries = FindBinaries();

    private string? _folder;
    private ChildProcess? _server;
    private int _schemas;

    /// <summary>Why no server can be started; null if one can.</summary>
    public static string? MissingReason { get; } = FindMissing();

    private string Folder => _folder ??= System.IO.Directory.CreateTempSubdirectory("gs-pg-").FullName;

    /// <summary>A connection to a schema that nobody has used; starts the server where it does not run.</summary>
    public async Task<string> MakeConnectionAsync()
    {
        await StartAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{Connection};Search Path=world_{Interlocked.Increment(ref _schemas)}");
    }

    /// <summary>Starts the server, with the data it had; nothing happens where it runs.</summary>
    public async Task StartAsync()
    {
        if (_server is not null)
        {
            return;
        }

        if (_folder is null)
        {
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", User, Folder);
            }

            string[] making = AsUser(Path.Combine(s_binaries!, "initdb"), "-D", Path.Combine(Folder, "data"), "-A", "trust", "-U", User, "-E", "UTF8", "--no-locale", "--no-sync");
            await RunAsync(making[0], making[1..]);
        }

        string[] starting = AsUser(Path.Combine(s_binaries!, "postgres"), "-D", Path.Combine(Folder, "data"), "-k", Folder, "-c", "listen_addresses=");
        _server = new ChildProcess(starting[0], starting[1..]);
        await Eventually.TrueAsync(IsUp, "PostgreSQL takes connections");
    }

    /// <summary>Stops the server as in a crash (an immediate shutdown); its data stays.</summary>
    public async Task CrashAsync() => await StopAsync("immediate");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            // A fast shutdown: it waits for nobody.
            await StopAsync("fast");
        }

        if (_folder is not null)
        {
            System.IO.Directory.Delete(_folder, recursive: true);
        }
    }

    private string Connection => $"Host={Folder};Username={User};Database={User}";

    private static string? FindBinaries() => System.IO.Directory.Exists("/usr/lib/postgresql")
        ? System.IO.Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .MaxBy(folder => double.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), CultureInfo.InvariantCulture, out double version) ? version : 0)
        : null;

    private static string? FindMissing()
    {
        if (s_binaries is null)
        {
            return "There is no PostgreSQL server in /usr/lib/postgresql (Debian's package postgresql).";
        }

        bool hasUser = File.ReadLines("/etc/passwd").Any(line => line.StartsWith(User + ":", StringComparison.Ordinal));
        return Environment.IsPrivilegedProcess && !hasUser ? "PostgreSQL does not run as root, and there is no user postgres." : null;
    }

    // The server refuses to run as root.
    private static string[] AsUser(params string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", .. command] : command;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = new ChildProcess(program, arguments);
        if (await process.ExitAsync() != 0)
        {
            throw new InvalidOperationException($"{program} failed.\n{process}");
        }
    }

    private async Task StopAsync(string mode)
    {
        string[] stopping = AsUser(Path.Combine(s_binaries!, "pg_ctl"), "stop", "-D", Path.Combine(Folder, "data"), "-m", mode);
        await RunAsync(stopping[0], stopping[1..]);
        _ = await _server!.ExitAsync();
        _server.Dispose();
        _server = null;
    }

    private bool IsUp()
    {
        try
        {
            using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
            connection.Open();
            return true;
        }
        catch (NpgsqlException) when (!_server!.HasExited)
        {
            return false;
        }
    }
}
