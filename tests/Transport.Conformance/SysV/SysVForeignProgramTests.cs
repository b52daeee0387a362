using System.Diagnostics;
using Shared.Protocol.Transport.SysV;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>C programs on the same queue.</summary>
public sealed class SysVForeignProgramTests : SysVTestBase
{
    [RequiresCCompilerFact]
    public async Task DisposeAsync_ForeignWireAndALivingProgramUsesTheQueue_QueueStaysForIt()
    {
        using var folder = new TempFolder();
        string program = await CCompiler.CompileTextAsync(folder, "client", """
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/msg.h>

            struct message { long mtype; char mtext[1024]; };

            int main(int argc, char **argv)
            {
                struct message m = { 1, "hello" };
                if (argc != 2) return 1;
                int id = msgget(atoi(argv[1]), 0666 | IPC_CREAT);
                if (id < 0 || msgsnd(id, &m, sizeof m.mtext, 0) != 0) return 2;
                return getchar() == EOF ? 0 : 3;
            }
            """);
        await using (SysVTransport channel = Open(ChannelD, isForeign: true))
        {
            var receiver = new RecordingReceiver();
            channel.StartReading(Requests, receiver);
            var start = new ProcessStartInfo(program, $"{Keys.RequestKey}") { RedirectStandardInput = true };
            using Process client = Process.Start(start)!;
            await ArrivedAsync(receiver, 1);
            Assert.Equal(1024, receiver.Frames[0].Length);
            Assert.Equal("hello"u8, receiver.Frames[0].AsSpan(0, 5));

            await channel.DisposeAsync();

            Assert.NotNull(Keys.RequestQueueId);
            Assert.Contains($"process {client.Id} uses it", Assert.Single(Logger.Of(1009)), StringComparison.Ordinal);
            client.StandardInput.Close();
            await client.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        }
    }

    [Fact]
    public async Task StartReading_EmptyMessagesOfOthers_AreDeliveredAndStoppingLeavesNone()
    {
        await using SysVTransport chat = Open(ChatD);
        await using (SysVTransport channel = Open(ChannelD))
        {
            var receiver = new RecordingReceiver();
            channel.StartReading(Requests, receiver);
            for (int number = 0; number < 100; number++)
            {
                Put(Keys.RequestQueueId!.Value, Requests.MType, 0);
            }

            await ArrivedAsync(receiver, 100);
            await channel.DisposeAsync();
            Assert.Equal(100, receiver.Count);
        }

        Assert.Equal(default, chat.GetDepth(Requests));
    }

    [Fact]
    public async Task DisposeAsync_QueueFullByNumberOfOthers_StopsAllTheSame()
    {
        await using (SysVTransport chat = Open(ChatD, desiredQueueBytes: 500))
        {
            SysVTransport channel = Open(ChannelD);
            var receiver = new RecordingReceiver();
            channel.StartReading(Requests, receiver);
            Put(Keys.RequestQueueId!.Value, Requests.MType, 1);
            await ArrivedAsync(receiver, 1);
            for (int number = 0; number < 500; number++)
            {
                Put(Keys.RequestQueueId!.Value, 999, 0);
            }

            await channel.DisposeAsync();

            // No wake fits: the thread stays until the queue goes, and says so.
            Assert.Single(Logger.Of(1008));
            await chat.DisposeAsync();
            await Eventually.TrueAsync(() => !receiver.ReadingThread!.IsAlive, "the thread has ended");
        }

        Assert.True(Keys.AreUnused);
    }
}
