using System.Globalization;
using Faults.Checker.History;
using Faults.Load;
using Faults.Nemesis;
using Faults.Running;
using Faults.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;

namespace Faults.Tests.Rows;

/// <summary>Rows 24 to 38 of the fault matrix: what happens to processes.</summary>
public sealed class ProcessRowTests
{
    private const int BadConfiguration = 2;

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

    [Fact]
    public async Task Row31_CommandWaitsPastTheDeadline_IsUnknownAndTheOthersAreServed()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, "careless");
        ServerResult waited = await player.AskAsync("/고장 wait 4000");
        Assert.Equal(OutcomeKind.Unknown, waited.Outcome);
        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal(0, report.Count(EndKind.Unknown));
    }

    [Fact]
    public async Task Row32_ThreadPoolOfTheChannelStarved_RequestsAreReadOn()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, "careless");
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("/고장 starve 4000")).Outcome);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(OutcomeKind.Ok, (await player.AskAsync("/찾기 careless")).Outcome);
        }

        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public Task Row33_ProcessorsBusy_IsOutlived() => FaultTest.StrikeAsync(Fault.Named("processors busy"));

    [RequiresCCompilerFact]
    public async Task Row34_ClockJumpsAnHour_ChangesNothing()
    {
        using var folder = new TempFolder();
        string library = folder.File("clock.so");
        string offset = folder.File("offset");
        await File.WriteAllTextAsync(folder.File("clock.c"), """
            #define _GNU_SOURCE
            #include <fcntl.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include <sys/syscall.h>
            #include <sys/time.h>
            #include <time.h>
            #include <unistd.h>

            static const volatile long *offset_s;

            __attribute__((constructor)) static void begin(void)
            {
                int file = open(getenv("CLOCK_OFFSET"), O_RDONLY);
                void *map = file < 0 ? MAP_FAILED : mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
                if (map == MAP_FAILED) _exit(99);
                offset_s = map;
            }

            int clock_gettime(clockid_t clock, struct timespec *time)
            {
                long result = syscall(SYS_clock_gettime, clock, time);
                if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) && offset_s) time->tv_sec += *offset_s;
                return (int)result;
            }

            int gettimeofday(struct timeval *time, void *zone)
            {
                struct timespec now;
                (void)zone;
                clock_gettime(CLOCK_REALTIME, &now);
                time->tv_sec = now.tv_sec;
                time->tv_usec = now.tv_nsec / 1000;
                return 0;
            }

            time_t time(time_t *to)
            {
                struct timespec now;
                clock_gettime(CLOCK_REALTIME, &now);
                if (to) *to = now.tv_sec;
                return now.tv_sec;
            }
            """);
        await ProcessOutput.ReadAsync("cc", "-shared", "-fPIC", "-O2", "-o", library, folder.File("clock.c"));
        await File.WriteAllBytesAsync(offset, BitConverter.GetBytes(0L));
        await using FaultWorld world = await FaultWorld.StartAsync(
            new WorldSettings { Environment = [$"LD_PRELOAD={library}", $"CLOCK_OFFSET={offset}"] });
        foreach (long seconds in (long[])[3600, -3600, 0])
        {
            await using (FileStream file = File.OpenWrite(offset))
            {
                await file.WriteAsync(BitConverter.GetBytes(seconds));
            }

            await Task.Delay(TimeSpan.FromSeconds(1.5));
        }

        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
        Assert.Equal(report.Checked.Asked, report.Count(EndKind.Ok));
    }

    [Fact]
    public Task Row35_DescriptorsUsedUp_PlayersComeInAgain() =>
        FaultTest.StrikeAsync(Fault.Named("descriptors used up"), times: 3, new WorldSettings { ChatPrefix = WorldSettings.Descriptors(500) });

    [Fact]
    public async Task Row36_LogDiskFull_RequestsGoOn()
    {
        RunReport report = await FaultTest.StrikeAsync(
            Fault.Named("garbage"), settings: new WorldSettings { Options = ["--Log:File=/dev/full", "--Log:Level=Debug", "--Log:Console=false"] });
        Assert.True(report.Count(EndKind.Ok) > 0);
    }

    [Fact]
    public async Task Row36_NobodyReadsStandardOutput_RequestsGoOn()
    {
        // A pipe that its reader holds open and never reads: full after 64 KiB.
        using var folder = new TempFolder();
        string pipe = folder.File("pipe");
        await ProcessOutput.ReadAsync("mkfifo", pipe);
        using var reader = new ChildProcess("sh", "-c", $"exec sleep 600 < {pipe}");
        RunReport report = await FaultTest.StrikeAsync(
            Fault.Named("all players dropped at once"),
            times: 20,
            new WorldSettings { Clients = 48, Options = ["--Log:Level=Verbose"], StandardOutputPath = pipe });
        Assert.True(report.Count(EndKind.Ok) > 0);
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
}
