using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Measuring;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace WholePath.Starting;

/// <summary>A published program that has said that it is ready, as it says it to systemd. Disposal ends it.</summary>
internal sealed class ReadyProcess : IDisposable
{
    private const string Ready = "READY=1";

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;

    private ReadyProcess(ChildProcess process, StartSample sample)
    {
        _process = process;
        Sample = sample;
    }

    /// <summary>How it came to be ready.</summary>
    internal StartSample Sample { get; }

    /// <summary>Starts a program and waits until it is ready.</summary>
    internal static async Task<ReadyProcess> StartAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.File("notify")));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_deadline);
        long beganAt = Stopwatch.GetTimestamp();

        // env becomes the program: what is counted besides is its own start.
        var process = new ChildProcess("env", [$"NOTIFY_SOCKET={folder.File("notify")}", "dotnet", program, .. arguments]);
        try
        {
            byte[] buffer = new byte[4096];
            int length;
            do
            {
                length = await socket.ReceiveAsync(buffer, deadline.Token);
            }
            while (!Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Contains(Ready));
            double timeMs = Stopwatch.GetElapsedTime(beganAt).TotalMilliseconds;
            return new ReadyProcess(process, new StartSample(timeMs, ProcessUsage.Of(process.Id).CpuNs / 1e6, ResidentMemory.Of(process.Id)));
        }
        catch (Exception exception)
        {
            using (process)
            {
                if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                {
                    throw new TimeoutException($"{program} was not ready within {s_deadline.TotalSeconds} s.\n{process}", exception);
                }

                throw;
            }
        }
    }

    /// <summary>Has it stop in order.</summary>
    internal async Task StopAsync()
    {
        _process.Terminate();
        _ = await _process.ExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
