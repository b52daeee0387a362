using System.Tests.Support;
using Testing.Support.Namespaces;
using Testing.Support.Processes;

namespace System.Tests.Limits;

/// <summary>All queues that a system may have are in use.</summary>
public sealed class QueueNumberTests
{
    private const int ResourceRefused = 3;

    [RequiresIpcNamespaceFact]
    public async Task Start_AllQueuesAreInUse_Exits3WithTheSysctlAndTheRunningPairGoesOn()
    {
        using IpcNamespace ipc = await IpcNamespace.MakeAsync("kernel.msgmni=3");
        using var running = new ServerPair { Launcher = ipc.Enter() };
        await running.StartBothAsync();

        // There is room for its first queue, not for the second.
        using var late = new ServerPair { Launcher = ipc.Enter() };
        foreach (DaemonProcess daemon in (DaemonProcess[])[late.LaunchChannel(), late.LaunchChat()])
        {
            Assert.Equal(ResourceRefused, await daemon.ExitAsync());
            Assert.Contains("`sysctl -w kernel.msgmni=", daemon.Error, StringComparison.Ordinal);
            Assert.Contains("all queues of this system are in use", daemon.Error, StringComparison.Ordinal);
        }

        await using (TestPlayer player = await running.LogInAsync("먼저온이"))
        {
            Assert.Equal("same_map", (await player.AskAsync("/찾기 먼저온이")).Code);
        }

        // Two queues and a set: what the late ones had begun is gone.
        Assert.Equal(3, await IpcObjects.CountAsync(ipc));
        await running.StopCleanlyAsync();
        Assert.Equal(0, await IpcObjects.CountAsync(ipc));
    }
}
