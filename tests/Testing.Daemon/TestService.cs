using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Transport;

namespace Testing.Daemon;

internal sealed class TestService(
    IOptions<TestOptions> options, ILogger<TestService> logger, FaultRecorder faults, IpcNodeFactory openNode) : BackgroundService
{
    // Well above the buffer of a log output, and above what a pipe holds.
    private const int ManyEvents = 50_000;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        switch (options.Value.Behaviour)
        {
            case TestBehaviour.Refused:
                throw new InvalidOperationException("wrapped", new ResourceRefusedException("queue 77 belongs to uid 65534"));
            case TestBehaviour.ThrowAtStart:
                throw new InvalidOperationException("at\u001b[31m start");
        }

        if (options.Value.Port != 0)
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, options.Value.Port));
            }
            catch (SocketException refused)
            {
                // The shape of Kestrel's exception.
                throw new IOException($"Failed to bind to address http://127.0.0.1:{options.Value.Port}: address already in use.", refused);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken) =>
        options.Value.Behaviour == TestBehaviour.HangInStop ? new TaskCompletionSource().Task : base.StopAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Progress("running");
        switch (options.Value.Behaviour)
        {
            case TestBehaviour.Throw:
                throw new InvalidOperationException("in the service");
            case TestBehaviour.RefusedLater:
                throw new ResourceRefusedException("queue 78 belongs to uid 65534");
            case TestBehaviour.Report:
                faults.Report(new InvalidOperationException("reported"));
                break;
            case TestBehaviour.ThrowOnThread:
                new Thread(() => throw new InvalidOperationException("on a thread")) { IsBackground = true }.Start();
                break;
            case TestBehaviour.IgnoreStop:
                await new TaskCompletionSource().Task;
                break;
            case TestBehaviour.Answer:
                await LoopingAnswerer.RunAsync(openNode, faults, () => Progress("answering"), stoppingToken);
                break;
            case TestBehaviour.LogMuch:
                for (int i = 0; i < ManyEvents; i++)
                {
                    TestLog.Line(logger, i);
                }

                Progress("logged");
                break;
        }

        await Task.Delay(Timeout.Infinite, stoppingToken);
    }

    private void Progress(string what)
    {
        if (options.Value.ProgressFile is { } file)
        {
            File.AppendAllText(file, what + "\n");
        }
    }
}
