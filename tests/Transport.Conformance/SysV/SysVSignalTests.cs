using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>Signals interrupt a sleeping reader, and nothing above the interop layer notices.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class SysVSignalTests : SysVTestBase
{
    private const int Sigwinch = 28;

    [Fact]
    public async Task StartReading_ThreadIsInterruptedBySignals_NoFrameIsLost()
    {
        using PosixSignalRegistration handled = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, context => context.Cancel = true);
        await using SysVTransport chat = Open(ChatD);
        await using SysVTransport channel = Open(ChannelD);
        int threadId = 0;
        var receiver = new RecordingReceiver(_ => Volatile.Write(ref threadId, gettid()));
        channel.StartReading(Requests, receiver);
        chat.TrySend(Requests, [0]);
        await ArrivedAsync(receiver, 1);
        long interruptedBefore = SysMsg.InterruptedCalls;

        int sent = 1;
        await Eventually.TrueAsync(
            () =>
            {
                for (int number = 0; number < 20; number++)
                {
                    Assert.Equal(0, tgkill(Environment.ProcessId, threadId, Sigwinch));
                }

                sent += chat.TrySend(Requests, [1]) == Shared.Protocol.Transport.SendStatus.Sent ? 1 : 0;
                return SysMsg.InterruptedCalls - interruptedBefore > 100;
            },
            "the reader was interrupted a hundred times");

        await ArrivedAsync(receiver, sent);
        Assert.Equal(sent, receiver.Count);
    }

    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("libc")]
    private static partial int tgkill(int tgid, int tid, int sig);
}
