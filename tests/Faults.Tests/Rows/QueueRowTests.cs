using System.Globalization;
using Faults.Checker.History;
using Faults.Nemesis;
using Faults.Nemesis.Faults;
using Faults.Nemesis.Machine;
using Faults.Recording;
using Faults.Running;
using Faults.Tests.Support;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Users;
using Testing.Support.Waiting;

namespace Faults.Tests.Rows;

/// <summary>Rows 1 to 19 of the fault matrix: what happens to queues, and to the socket beside them.</summary>
public sealed class QueueRowTests
{
    private const int Refused = 3;
    private const int LongMs = 600_000;

    // x86-64's msgsnd: where a thread must never be found sleeping.
    private const string MsgSnd = "69";

    [Fact]
    public async Task Row01_RequestQueueFull_IsBusyAndNoThreadSleepsInASend()
    {
        var settings = new WorldSettings { ChatOptions = ["--Ipc:MaxPending=20"] };
        await using FaultWorld world = await FaultWorld.StartAsync(settings);
        Task<TimeSpan?> striking = world.StrikeAsync(new Random(1), CancellationToken.None, new PausedFault(1, "paused", FaultScope.Channel, 2000, 2001));
        await Eventually.TrueAsync(() => world.Load.Numbers.Count(EndKind.Busy) > 0, "a request is busy while channelD is paused");
        Assert.DoesNotContain(SyscallsOf(world.Chat.Run!.ProcessId), static call => call.StartsWith(MsgSnd + " ", StringComparison.Ordinal));
        _ = await striking;
        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row02_ResultQueueFull_ChannelReadsOn()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        using var enough = new CancellationTokenSource();
        Task<TimeSpan?> striking = world.StrikeAsync(
            new Random(1), enough.Token, new FullQueueFault(2, "result queue full", LongMs, LongMs + 1, MailboxKind.Result));

        // No result gets out, so requests end at their deadlines. That they were read all the same shows in their queue: as long as players ask,
        // it would never be empty.
        await Eventually.TrueAsync(() => world.Load.Numbers.Count(EndKind.Unknown) > 0, "a request is unknown while the result queue is full");
        await Eventually.TrueAsync(
            () => Kernel.DepthOf(world.Keys.RequestQueueId) is { Count: 0 }, "the requests are read while results find no room");
        Assert.False(striking.IsCompleted);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => striking);
        Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row03_BothQueuesFullAndTiny_Drains()
    {
        RunReport report = await FaultTest.StrikeAsync(
            Fault.Named("both queues full"), settings: new WorldSettings { Options = ["--Ipc:QueueBytes=2048"], RequestsPerSecond = 2000 });
        Assert.True(report.Count(EndKind.Ok) > 0);
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("socket")]
    public async Task Row04_OneChatDoesNotRead_ThePlayersOfTheOtherAreServed(string resultPath)
    {
        await using FaultWorld world = await FaultWorld.StartAsync(
            WorldSettings.Unhurried with { Options = [.. WorldSettings.Unhurried.Options, "--Ipc:ChatDaemons=2"], ResultPath = resultPath });
        await using SecondChat second = await SecondChat.StartAsync(world);
        second.Daemon.Run!.Pause();
        try
        {
            // Longer than a deadline, so that its results lie there and its players' requests have ended meanwhile.
            await Task.Delay(TimeSpan.FromSeconds(4));
            Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        }
        finally
        {
            second.Daemon.Run.Resume();
        }

        Assert.Equal((0, 0), (world.Load.Numbers.Count(EndKind.Busy), world.Load.Numbers.Count(EndKind.Unknown)));
        await second.WaitUntilServedAsync();
        await second.StopAsync();
        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row05_QueueRemoved_BothAgreeOnANewOne()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        int[] before = [.. world.Queues.Select(queue => queue.Id)];
        var random = new Random(1);
        foreach (IFault fault in AllFaults.OfRows([5]))
        {
            _ = await world.StrikeAsync(random, CancellationToken.None, fault);
            _ = await world.StrikeAsync(random, CancellationToken.None, fault);
        }

        Assert.NotEqual(before, world.Queues.Select(queue => queue.Id));
        _ = await FaultTest.FinishAsync(world);
    }

    [RequiresRootFact]
    public Task Row06_QueueReplacedByAnotherUsers_IsNotUsed() => FaultTest.StrikeAsync(Fault.Named("queue replaced by another user's"), times: 3);

    [RequiresRootFact]
    public async Task Row07_KeyTakenBeforeTheStart_RefusesAndNamesTheOwner()
    {
        using var keys = new UniqueIpcKeys();
        Assert.NotNull(Kernel.MakeQueueOfNobody(keys.RequestKey));
        foreach (string program in (string[])["ChannelD", "ChatD"])
        {
            using var folder = new TempFolder();
            string[] options = program == "ChatD" ? [$"--Chat:Listen=unix:{folder.File("chat")}"] : ["--Channel:State=memory"];
            using var daemon = new DaemonProcess(program, [string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={keys.RequestKey}"), .. options]);
            Assert.Equal(Refused, await daemon.ExitAsync());
            Assert.Contains($"uid {Kernel.NobodyUid}", daemon.Error + daemon.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task Row08_BothKilledWithABacklog_NobodySeesTheOldOne() => FaultTest.StrikeAsync(Fault.Named("both killed"), times: 3);

    [Fact]
    public Task Row09_LargestMessages_AreRemoved() => FaultTest.StrikeAsync(Fault.Named("largest messages"));

    [Fact]
    public Task Row10_EmptyAndShortMessages_AreRemoved() => FaultTest.StrikeAsync(Fault.Named("empty and short messages"));

    [Fact]
    public Task Row11_Garbage_IsRemoved() => FaultTest.StrikeAsync(Fault.Named("garbage"));

    [Fact]
    public Task Row12_ForgedResults_AreNeverDelivered() => FaultTest.StrikeAsync(Fault.Named("forged results"));

    [Fact]
    public async Task Row13_RestartWithinADeadline_NoIdOfBeforeMatches()
    {
        // The channel answers the dead one's requests only when the next chatD has asked under the same numbers.
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        var random = new Random(1);
        for (int i = 0; i < 3; i++)
        {
            _ = await world.StrikeAsync(
                random, CancellationToken.None, new PausedFault(26, "paused", FaultScope.Channel, 1500, 1501), Fault.Named("chatD killed"));
        }

        _ = await FaultTest.FinishAsync(world);
    }

    [RequiresRootFact]
    public async Task Row14_DeepBacklogOfAnotherType_IsOutlived()
    {
        // In an IPC namespace of its own, whose queues have room for all of them.
        using var run = new ChildProcess(
            "unshare",
            "--ipc",
            "sh",
            "-c",
            "echo 1000000 > /proc/sys/kernel/msgmnb && exec dotnet \"$0\" \"$@\"",
            typeof(FaultRun).Assembly.Location,
            "--seed",
            "1",
            "--minutes",
            "0.1",
            "--rows",
            "14",
            "--rate",
            "1000",
            "--judge",
            "patient");
        Assert.True(await run.ExitAsync() == 0, run.ToString());
        Assert.Contains("100000 messages", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public Task Row15_CapacitySetToZero_RecoversWithoutARestart() => FaultTest.StrikeAsync(Fault.Named("capacity set to 0"), times: 4);

    [RequiresModesFact]
    public Task Row15_ModeSetToNothing_RecoversWithoutARestart() =>
        FaultTest.StrikeAsync(Fault.Named("mode set to 0000"), times: 4, new WorldSettings { ObeysModes = true });

    [Fact]
    public async Task Row16_SignalStorm_ChangesNothing()
    {
        RunReport report = await FaultTest.StrikeAsync(Fault.Named("signal storm"), times: 1, WorldSettings.Unhurried);
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
    }

    [RequiresRootFact]
    public async Task Row17_NoQueueLeftOnTheHost_RefusesAndNamesTheLimit()
    {
        // In an IPC namespace of its own that allows a single queue.
        using var keys = new UniqueIpcKeys();
        using var daemon = new ChildProcess(
            "unshare",
            "--ipc",
            "sh",
            "-c",
            "echo 1 > /proc/sys/kernel/msgmni && exec dotnet \"$0\" \"$@\"",
            BuiltProgram.Path("ChannelD"),
            string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={keys.RequestKey}"),
            "--Channel:State=memory");
        Assert.Equal(Refused, await daemon.ExitAsync());
        Assert.Contains("msgmni", daemon.Error + daemon.Output, StringComparison.Ordinal);
    }

    [RequiresMemoryGroupFact]
    public async Task Row18_BacklogUnderALimitOfMemory_IsBusyBeforeTheKernelKills()
    {
        using ControlGroup group = ControlGroup.OfMemory(512L * 1024 * 1024);
        await using FaultWorld world = await FaultWorld.StartAsync(
            new WorldSettings { ChatPrefix = group.Prefix, ChatOptions = ["--Ipc:MaxPending=200"], Clients = 32, RequestsPerSecond = 4000 });
        _ = await world.StrikeAsync(new Random(1), CancellationToken.None, new PausedFault(18, "paused", FaultScope.Channel, 2500, 2501));
        Assert.True(world.Load.Numbers.Outcomes.ContainsKey($"Busy {OutcomeCodes.Overloaded}"), string.Join(", ", world.Load.Numbers.Outcomes));
        Assert.Equal(1, world.Chat.Runs);
        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row19_ResultSocketRemoved_ResultsTakeTheQueue()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings { ResultPath = "socket" });
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(world.Surroundings.RuntimeFolder, "sockets"), "*.sock"));
        var random = new Random(1);
        for (int i = 0; i < 2; i++)
        {
            // The channel has a connection; the one that comes after it finds nothing to connect to.
            _ = await world.StrikeAsync(random, CancellationToken.None, new RemovedSocketFault());
            _ = await world.StrikeAsync(random, CancellationToken.None, Fault.Named("channelD killed"));
        }

        _ = await FaultTest.FinishAsync(world);
    }

    // Where each thread sleeps at present: the number of the call, and its arguments.
    private static List<string> SyscallsOf(int processId)
    {
        List<string> calls = [];
        foreach (string thread in Directory.GetDirectories($"/proc/{processId}/task"))
        {
            try
            {
                calls.Add(File.ReadAllText($"{thread}/syscall"));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return calls;
    }
}
