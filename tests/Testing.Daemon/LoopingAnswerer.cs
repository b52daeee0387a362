using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Testing.Daemon;

/// <summary>channelD's side of the request layer, with a handler as a careless author may write it.</summary>
internal static class LoopingAnswerer
{
    /// <summary>Answers every line with itself until the stop.</summary>
    public static async Task RunAsync(IpcNodeFactory openNode, FaultRecorder faults, Action onReady, CancellationToken stoppingToken)
    {
        await using IpcNode node = openNode(new DaemonClaim(DaemonRole.ChannelD, 0));
        using RequestServer server = node.CreateServer(faults.Report);
        server.Handle<CommandRequest, CommandResult>((_, request) =>
        {
            if (request.Line == "loop")
            {
                Loop();
            }

            return ValueTask.FromResult(ResultBody<CommandResult>.Ok(new CommandResult("echo", request.Line, [], Text: null)));
        });
        server.StartReading(new Mailbox(MailboxKind.Request, 0));
        onReady();
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void Loop()
    {
        while (Environment.TickCount64 >= 0)
        {
        }
    }
}
