using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IpcBench.Mechanisms.RabbitMq;

/// <summary>A broker of its own: node, ports, data and port mapper are nobody else's, and end with it.</summary>
internal sealed class Broker : Stage
{
    private static readonly TimeSpan s_startDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly List<Process> _processes = [];

    private Broker(Place place)
        : base(place)
    {
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<int> HelperIds => [.. _processes.Select(process => process.Id)];

    /// <summary>Where the server's script is; null where it is not. Debian's own in /usr/sbin changes to another user.</summary>
    internal static string? FindServer() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Prepend("/usr/lib/rabbitmq/bin")
            .Select(folder => Path.Combine(folder, "rabbitmq-server"))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts it, and waits until it takes connections.</summary>
    /// <exception cref="MissingException">It does not start.</exception>
    internal static async Task<Broker> StartAsync(Place place, CancellationToken cancellationToken)
    {
        int[] ports = FreePorts(3);
        var broker = new Broker(place with { Value = ports[0].ToString(CultureInfo.InvariantCulture) });
        try
        {
            // Erlang's port mapper would be started by the broker, and stay for ever.
            broker.Run(place, ports, "epmd", "-address", "127.0.0.1");
            broker.Run(place, ports, FindServer()!);
            await broker.AwaitPortAsync(ports[0], cancellationToken);
            return broker;
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            await broker.DisposeAsync();
            throw new MissingException($"The broker does not start: {exception.Message}");
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        // What it keeps is thrown away, so it need not end in order. The broker before its port mapper.
        foreach (Process process in _processes.AsEnumerable().Reverse())
        {
            using (process)
            {
                process.Kill(entireProcessTree: true);
                using var deadline = new CancellationTokenSource(s_stopDeadline);
                await process.WaitForExitAsync(deadline.Token);
            }
        }

        _processes.Clear();
        await base.DisposeAsync();
    }

    private void Run(Place place, int[] ports, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string data = place.File("broker");
        var settings = new Dictionary<string, string>
        {
            ["ERL_EPMD_PORT"] = Number(ports[2]),
            ["HOME"] = place.Folder,
            ["RABBITMQ_CONF_ENV_FILE"] = place.File("no-such-file"),
            ["RABBITMQ_CONFIG_FILE"] = place.File("no-such-file"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = place.File("no-such-file"),
            ["RABBITMQ_DIST_PORT"] = Number(ports[1]),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = place.File("plugins"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = data,
            ["RABBITMQ_LOG_BASE"] = data,
            ["RABBITMQ_LOGS"] = place.File("broker.log"),
            ["RABBITMQ_MNESIA_BASE"] = data,
            ["RABBITMQ_MNESIA_DIR"] = data + "-node",
            ["RABBITMQ_NODENAME"] = place.Name + "@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Number(ports[0]),
            ["RABBITMQ_PID_FILE"] = place.File("broker.pid"),

            // Has the script become the broker, rather than a parent of it.
            ["RUNNING_UNDER_SYSTEMD"] = "1",
        };
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);

        static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
    }

    private async Task AwaitPortAsync(int port, CancellationToken cancellationToken)
    {
        long startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }

            if (_processes.Find(process => process.HasExited) is { } ended)
            {
                throw new TimeoutException($"a process of it ended with exit code {ended.ExitCode}. {LogTail()}");
            }

            if (Stopwatch.GetElapsedTime(startedAt) > s_startDeadline)
            {
                throw new TimeoutException($"it takes no connections after {s_startDeadline.TotalSeconds} s. {LogTail()}");
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }

    private string LogTail() => File.Exists(Place.File("broker.log")) ? File.ReadLines(Place.File("broker.log")).LastOrDefault("") : "";

    // All at once, so that they differ.
    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}
