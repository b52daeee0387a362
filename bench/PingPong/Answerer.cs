using Measuring;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace PingPong;

/// <summary>
/// The answering process: channelD's side of the library. Says <c>ready</c>; then reads the lines <c>start</c> and
/// <c>end</c> and writes what it has used so far; ends with its input.
/// </summary>
internal static class Answerer
{
    /// <summary>Answers until the input ends.</summary>
    internal static async Task RunAsync(int key)
    {
        IpcNode node = IpcNode.Open(
            Example.Ipc(key), new DaemonClaim(DaemonRole.ChannelD, 0), TimeProvider.System, NullLoggerFactory.Instance);
        await using (node)
        {
            using RequestServer server = node.CreateServer();
            server.Handle<CommandRequest, CommandResult>(static (_, _) => ValueTask.FromResult(Example.Result));
            server.StartReading(Example.Requests);
            await Console.Out.WriteLineAsync("ready");
            while (await Console.In.ReadLineAsync() is { } line)
            {
                ProcessUsage usage = line == "start" ? ProcessUsage.AtStart() : ProcessUsage.AtEnd();
                await Console.Out.WriteLineAsync($"{usage.AllocatedBytes} {usage.Switches} {usage.CpuNs}");
            }
        }
    }
}
