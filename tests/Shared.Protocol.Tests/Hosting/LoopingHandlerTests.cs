using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Hosting;

/// <summary>A daemon whose handlers loop for ever, as a process, asked over real queues.</summary>
public sealed class LoopingHandlerTests : IDisposable
{
    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);

    private readonly UniqueIpcKeys _keys = new();
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Handlers_ThatLoop_AreAnsweredForAndTheMailboxIsReadOnUntilTooManyDo()
    {
        string key = _keys.RequestKey.ToString(CultureInfo.InvariantCulture);
        using TestDaemon daemon = TestDaemon.Start(_folder, "--Test:Behaviour=answer", $"--Ipc:RequestKey={key}", "--Ipc:HandlerTimeoutMs=300");
        await daemon.HasReachedAsync("answering");
        await using (IpcNode node = IpcNode.Open(
            new IpcOptions { RequestKey = _keys.RequestKey, RequestTimeoutMs = 60_000 },
            new DaemonClaim(DaemonRole.ChatD, 0),
            TimeProvider.System,
            NullLoggerFactory.Instance))
        {
            var results = new Mailbox(MailboxKind.Result, 0);
            using RequestClient client = node.CreateClient(results);
            node.Transport.StartReading(results, client);
            int bound = new RequestServerOptions().MaxStuckThreads;
            for (int looping = 1; looping <= bound + 1; looping++)
            {
                ValueTask<Outcome<CommandResult>> looped = AskAsync(client, "loop");
                ValueTask<Outcome<CommandResult>> behind = AskAsync(client, "behind");
                Outcome<CommandResult> outcome = await looped;
                Assert.Equal((OutcomeKind.Error, OutcomeCodes.HandlerTimeout), (outcome.Kind, outcome.Code));
                if (looping <= bound)
                {
                    Assert.Equal((OutcomeKind.Ok, "behind"), ((await behind).Kind, (await AskAsync(client, "behind")).Result.Code));
                }
            }

            (int exitCode, string output, string error) = await daemon.EndAsync();
            Assert.Equal(ExitCodes.Fault, exitCode);
            Assert.Contains($"{bound + 1} handlers have not returned and hold a thread each", error, StringComparison.Ordinal);
            Assert.Equal(bound + 1, output.Split("[1102]").Length - 1);
            Assert.Equal(bound, output.Split("[1015]").Length - 1);
        }

        Assert.True(_keys.AreUnused);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _folder.Dispose();
    }

    private static async ValueTask<Outcome<CommandResult>> AskAsync(RequestClient client, string line) =>
        await client.SendAsync<CommandRequest, CommandResult>(s_requests, userId: 1, new CommandRequest(line)).AsTask().WaitAsync(Eventually.DefaultDeadline);
}
