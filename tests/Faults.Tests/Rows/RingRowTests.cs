using System.Globalization;
using Faults.Checker.History;
using Faults.Nemesis;
using Faults.Nemesis.Faults;
using Faults.Nemesis.Machine;
using Faults.Recording;
using Faults.Running;
using Faults.Tests.Support;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;

namespace Faults.Tests.Rows;

/// <summary>Rows 22 and 23 of the fault matrix: rings in shared memory.</summary>
public sealed class RingRowTests : IDisposable
{
    private const int Refused = 3;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Row22_ProducerDiesWithAFrameHalfSent_IsPassedOver()
    {
        RunReport report = await FaultTest.StrikeAsync(new DeadProducerFault(_folder.Path), times: 3, OnRings(WorldSettings.Unhurried, _folder.Path));
        Assert.Equal((0, 0), (report.Count(EndKind.Busy), report.Count(EndKind.Unknown)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Row23_HeaderOverwritten_RingIsMadeAnew()
    {
        RunReport report = await FaultTest.StrikeAsync(new DamagedRingFault(_folder.Path), times: 12, OnRings(new WorldSettings(), _folder.Path));
        Assert.True(report.Count(EndKind.Ok) > 0);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [RequiresMountFact]
    public async Task Row23_NoMemoryForARing_RefusesAndNamesTheFolder()
    {
        using var keys = new UniqueIpcKeys();
        using SmallDisk disk = SmallDisk.Mount(_folder, kibibytes: 512);
        using var daemon = new DaemonProcess(
            "ChannelD",
            [
                string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={keys.RequestKey}"),
                "--Ipc:Transport=ring",
                $"--Ipc:RingFolder={disk.Folder}",
                "--Channel:State=memory",
            ]);
        Assert.Equal(Refused, await daemon.ExitAsync());
        Assert.Contains($"df -h {disk.Folder}", daemon.Error + daemon.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(disk.Folder));
        Assert.True(keys.AreUnused);
    }

    [RequiresMountFact]
    public async Task Row23_MemoryFilledUpUnderLoad_RunningPairHasWhatItNeeds()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder, kibibytes: 1024);
        await using FaultWorld world = await FaultWorld.StartAsync(OnRings(WorldSettings.Unhurried, disk.Folder));
        disk.Fill();
        Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        disk.Clear();
        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal((1, 1), (world.Chat.Runs, world.Channel.Runs));
        Assert.Equal(0, report.Count(EndKind.Unknown));
    }

    private static WorldSettings OnRings(WorldSettings settings, string folder) =>
        settings with { Options = [.. settings.Options, "--Ipc:Transport=ring", $"--Ipc:RingFolder={folder}", "--Ipc:RingBytes=65536"] };
}
