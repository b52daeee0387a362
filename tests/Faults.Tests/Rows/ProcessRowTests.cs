using System.Globalization;
using Faults.Checker.History;
using Faults.Daemons;
using Faults.Load;
using Faults.Nemesis;
using Faults.Nemesis.Faults;
using Faults.Nemesis.Machine;
using Faults.Recording;
using Faults.Running;
using Faults.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.CCompiler;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace Faults.Tests.Rows;

/// <summary>Rows 24 to 38 of the fault matrix: what happens to processes.</summary>
public sealed class ProcessRowTests
{
    private const int BadConfiguration = 2;
    private const long BytesPerMebibyte = 1024 * 1024;

    [Fact]
    public Task Row24_ChannelKilled_EveryRequestHasAnOutcome() => FaultTest.StrikeAsync(Fault.Named("channelD killed"), times: 4);

    [Fact]
    public Task Row25_ChatKilled_PlayersComeBack() => FaultTest.StrikeAsync(Fault.Named("chatD killed"), times: 4);

    [Fact]
    public async Task Row26_ChannelPausedPastTheDeadline_ExpiredRequestsAreNotExecuted()
    {
        RunReport report = await FaultTest.StrikeAsync(Fault.Named("channelD paused past the deadline"), times: 1);
        Assert.True(report.Count(EndKind.Unknown) > 0, report.ToString());
    }

    [Fact]
    public Task Row27_ChatPausedPastTheDeadline_IsOutlived() => FaultTest.StrikeAsync(Fault.Named("chatD paused past the deadline"), times: 1);

    [Fact]
    public async Task Row28_ChannelKilledInABurst_NothingIsLostInSilence()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        for (int i = 0; i < 4; i++)
        {
            await Task.WhenAll(world.Load.Clients.Select(client => client.BurstAsync(8)));
            _ = await world.StrikeAsync(new Random(i), CancellationToken.None, Fault.Named("channelD killed"));
        }

        _ = await FaultTest.FinishAsync(world);
    }

    [Theory]
    [InlineData("channelD stopped")]
    [InlineData("chatD stopped")]
    public Task Row29_StoppedUnderLoad_DrainsAndEndsWithZero(string fault) => FaultTest.StrikeAsync(Fault.Named(fault), times: 3);

    [Fact]
    public Task Row30_SecondDaemonOnTheSameKey_IsRefused() => FaultTest.StrikeAsync(Fault.Named("second daemon on the same key"), times: 4);

    [Fact]
    public async Task Row31_CommandThrows_IsAnErrorOfItsOwn()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, "careless");
        ServerResult thrown = await player.AskAsync("/고장 throw");
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.Internal), (thrown.Outcome, thrown.Code));
        _ = await FaultTest.FinishAsync(world);
    }

    [Theory]
    [InlineData("/고장 wait 6000")]
    [InlineData("/고장 loop 6000")]
    public async Task Row31_CommandDoesNotEnd_IsAnErrorAndTheOthersAreServed(string line)
    {
        await using FaultWorld world = await FaultWorld.StartAsync(WorldSettings.Unhurried with { ChannelOptions = ["--Ipc:HandlerTimeoutMs=500"] });
        await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, "careless");
        ServerResult waited = await player.AskAsync(line);
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.HandlerTimeout), (waited.Outcome, waited.Code));
        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
    }

    [Fact]
    public async Task Row31_CommandOverflowsTheStack_IsOutlivedAsAnyKill()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        DaemonRun first = world.Channel.Run!;
        first.MayCrash = true;
        await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, "careless");
        ServerResult lost = await player.AskAsync("/고장 overflow");
        Assert.Equal(OutcomeKind.Unknown, lost.Outcome);
        await Eventually.TrueAsync(() => first.HasExited && world.Channel.Run is not null, "channelD has ended and was started again");
        Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row32_ThreadPoolOfTheChannelStarved_RequestsAreReadOn()
    {
        RunReport report = await FaultTest.StrikeAsync(
            new StarvedPoolFault("starved", FaultScope.Channel, 5000, 5001), times: 1, WorldSettings.Unhurried);
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
    }

    [Fact]
    public Task Row32_ThreadPoolOfTheChatStarved_IsOutlived() => FaultTest.StrikeAsync(Fault.Named("chatD's thread pool starved"), times: 3);

    [Fact]
    public Task Row33_ProcessorsBusy_IsOutlived() => FaultTest.StrikeAsync(Fault.Named("processors busy"));

    [RequiresProcessorGroupTheory]
    [InlineData("chatD at a twentieth of a processor")]
    [InlineData("channelD at a twentieth of a processor")]
    public Task Row33_TwentiethOfAProcessor_IsOutlived(string fault) => FaultTest.StrikeAsync(Fault.Named(fault));

    [RequiresCCompilerFact]
    public async Task Row34_ClockJumpsAnHour_ChangesNothing()
    {
        RunReport report = await FaultTest.StrikeAsync(
            Fault.Named("clock set forward and back"), times: 3, WorldSettings.Unhurried with { HasShiftedClock = true });
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
        Assert.Equal(report.Checked.Asked, report.Count(EndKind.Ok));
    }

    [Fact]
    public Task Row35_DescriptorsUsedUp_PlayersComeInAgain() =>
        FaultTest.StrikeAsync(Fault.Named("descriptors used up"), times: 3, new WorldSettings { ChatPrefix = WorldSettings.Descriptors(500) });

    [RequiresMountFact]
    public async Task Row36_LogDiskFull_RequestsGoOn()
    {
        RunReport report = await FaultTest.StrikeAsync(
            Fault.Named("log disk full"), times: 3, WorldSettings.Unhurried with { HasLogDisk = true, LogLevel = "Debug" });
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
    }

    [Fact]
    public async Task Row36_NobodyReadsStandardOutput_RequestsGoOn()
    {
        RunReport report = await FaultTest.StrikeAsync(
            Fault.Named("standard output not read"), times: 3, WorldSettings.Unhurried with { HasOutputReader = true, LogLevel = "Verbose" });
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
    }

    [RequiresMemoryGroupFact]
    public async Task Row37_ChannelKilledForItsMemory_IsOutlivedAsAnyKill()
    {
        using ControlGroup group = ControlGroup.OfMemory(512L * BytesPerMebibyte);
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings { ChannelPrefix = group.Prefix });
        DaemonRun first = world.Channel.Run!;
        first.MayCrash = true;
        await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, "greedy");
        ServerResult eaten = await player.AskAsync("/고장 eat 2000");
        Assert.NotEqual(OutcomeKind.Ok, eaten.Outcome);
        await Eventually.TrueAsync(() => first.HasExited && world.Channel.Run is not null, "channelD was killed and started again");
        Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row38_CrashLoop_RefusesEachTimeAndDisturbsNobody()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        for (int i = 0; i < 5; i++)
        {
            using var keys = new UniqueIpcKeys();
            using var daemon = new DaemonProcess(
                "ChannelD", string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={keys.RequestKey}"), "--Channel:Id=0");
            Assert.Equal(BadConfiguration, await daemon.ExitAsync());
            Assert.True(keys.AreUnused);
        }

        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public async Task Row38_ChannelDoesNotComeUp_RequestsAreBusyAtOnceUntilItDoes()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        world.Channel.IsHeldDown = true;
        await world.Channel.Run!.KillAsync();
        await Eventually.TrueAsync(() => world.Load.Numbers.Outcomes.ContainsKey($"Busy {OutcomeCodes.PeerDown}"), "a request is busy, for there is no channelD");
        for (int i = 0; i < 3; i++)
        {
            using var broken = new ChildProcess(world.Channel.CommandLine[0], [.. world.Channel.CommandLine.Skip(1), "--Channel:Id=0"]);
            Assert.Equal(BadConfiguration, await broken.ExitAsync());
        }

        world.Channel.IsHeldDown = false;
        await Eventually.TrueAsync(() => world.Channel.Run is not null, "channelD was started again");
        Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        _ = await FaultTest.FinishAsync(world);
    }
}
