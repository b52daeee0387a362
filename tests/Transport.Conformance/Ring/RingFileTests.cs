using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Users;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Ring;

/// <summary>Whose the files are, what takes their place, and who leaves with the wrong ones.</summary>
[SupportedOSPlatform("linux")]
public sealed class RingFileTests : RingTestBase
{
    [Fact]
    public async Task Open_NewRing_IsItsUsersAlone()
    {
        await using RingTransport channel = Open(ChannelD);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Harness.PathOf(Requests)));
        Assert.Equal(RingDescriptor.HeaderBytes + RingHarness.RingBytes, new FileInfo(Harness.PathOf(Requests)).Length);
    }

    [Fact]
    public void Open_FileWithAnotherMode_IsRefusedAndNotTouched()
    {
        File.WriteAllText(Harness.PathOf(Requests), "somebody's");
        File.SetUnixFileMode(Harness.PathOf(Requests), (UnixFileMode)0x1B6);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains("has mode 0666; it must have 0600", refused.Message, StringComparison.Ordinal);
        Assert.Equal("somebody's", File.ReadAllText(Harness.PathOf(Requests)));
        Assert.True(Harness.Keys.AreUnused);
    }

    [RequiresRootFact]
    public void Open_FileOfAnotherUser_IsRefusedAndTheUserIsNamed()
    {
        File.WriteAllBytes(Harness.PathOf(Requests), new byte[RingDescriptor.HeaderBytes + RingHarness.RingBytes]);
        File.SetUnixFileMode(Harness.PathOf(Requests), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        GiveTo(Harness.PathOf(Requests), OtherUid);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains($"belongs to uid {OtherUid}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LinkInItsPlace_IsNotFollowed()
    {
        string target = Path.Combine(Harness.Folder, "target");
        File.WriteAllText(target, "not to be touched");
        File.CreateSymbolicLink(Harness.PathOf(Requests), target);

        Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Equal("not to be touched", File.ReadAllText(target));
    }

    [Fact]
    public void Open_FolderInItsPlace_IsRefused()
    {
        Directory.CreateDirectory(Harness.PathOf(Requests));

        Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
    }

    [Fact]
    public async Task TrySend_PeersFileIsAnothers_IsRefusedUntilItIsGone()
    {
        await using RingTransport chat = Open(ChatD);
        await File.WriteAllTextAsync(Harness.PathOf(Requests), "somebody's");
        File.SetUnixFileMode(Harness.PathOf(Requests), (UnixFileMode)0x1B6);

        Assert.Equal(SendStatus.Refused, chat.TrySend(Requests, [1]));
        Assert.NotEqual(default, chat.GetDepth(Requests));
        Assert.Single(Logger.Of(1501));
        File.Delete(Harness.PathOf(Requests));
        await Eventually.TrueAsync(() => chat.TrySend(Requests, [1]) == SendStatus.Sent, "it is made anew");
    }

    [Fact]
    public async Task Open_RingOfAnotherVersion_IsRefused()
    {
        RingTransport channel = Open(ChannelD);
        byte[] ring = await File.ReadAllBytesAsync(Harness.PathOf(Requests));
        await channel.DisposeAsync();
        ring[RingDescriptor.VersionOffset]++;
        await File.WriteAllBytesAsync(Harness.PathOf(Requests), ring);
        File.SetUnixFileMode(Harness.PathOf(Requests), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains("is of version 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrySend_FileRemovedUnderLoad_LosesNothing()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        int sent = 0;
        for (int round = 1; round <= 3; round++)
        {
            await SendAsync(chat, Requests, RingProducer.Frame(1, sent++));
            File.Delete(Harness.PathOf(Requests));
            while (Logger.Of(1502).Count() < round)
            {
                await SendAsync(chat, Requests, RingProducer.Frame(1, sent++));
                await Task.Delay(1);
            }

            for (int number = 0; number < 1000; number++)
            {
                await SendAsync(chat, Requests, RingProducer.Frame(1, sent++));
            }
        }

        await ArrivedAsync(receiver, sent);
        Assert.Equal(Enumerable.Range(0, sent).Select(number => RingProducer.Frame(1, number)), receiver.Frames);
        Assert.Equal(0, receiver.Resets);
        Assert.True(File.Exists(Harness.PathOf(Requests)));
    }

    [Fact]
    public async Task Open_DaemonsWithQueuesAreThere_IsRefused()
    {
        await using SysVTransport chat = SysVTransport.Open(
            new SysVTransportOptions { RequestKey = Harness.Keys.RequestKey, Claim = ChatD }, NullLogger<SysVTransport>.Instance);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains("use message queues, and this channelD of instance 0 rings", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_QueuesWhereDaemonsWithRingsAre_IsRefused()
    {
        await using RingTransport channel = Open(ChannelD);

        var refused = Assert.Throws<ResourceRefusedException>(() => SysVTransport.Open(
            new SysVTransportOptions { RequestKey = Harness.Keys.RequestKey, Claim = ChatD }, NullLogger<SysVTransport>.Instance));
        Assert.Contains("use rings", refused.Message, StringComparison.Ordinal);
        Assert.Null(Harness.Keys.RequestQueueId);
    }

    [Fact]
    public async Task Open_DaemonsWithAnotherFolderAreThere_IsRefused()
    {
        await using RingTransport channel = Open(ChannelD);
        using var other = new Testing.Support.Folders.TempFolder();

        var refused = Assert.Throws<ResourceRefusedException>(() => RingTransport.Open(
            new RingTransportOptions { Key = Harness.Keys.RequestKey, Claim = ChatD, Folder = other.Path }, NullLogger<RingTransport>.Instance));
        Assert.Contains("another folder", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(other.Path));
    }

    [Fact]
    public async Task TrySend_PositionsGoOnFromZero_NothingIsLost()
    {
        RingTransportOptions options = Harness.OptionsOf(ChannelD);
        await using var channel = RingTransport.Open(
            new RingTransportOptions { Key = options.Key, Claim = ChannelD, Folder = options.Folder, RingBytes = options.RingBytes, LapsBeforeWrap = 2 }, Logger);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        ulong before = new RingPosition(Read(Requests, RingDescriptor.TailOffset)).Units;
        const int Frames = 5000;
        for (int number = 0; number < Frames; number++)
        {
            await SendAsync(chat, Requests, RingProducer.Frame(1, number));
        }

        await ArrivedAsync(receiver, Frames);
        Assert.True(new RingPosition(Read(Requests, RingDescriptor.TailOffset)).Units < before);
        Assert.Equal(Enumerable.Range(0, Frames).Select(number => RingProducer.Frame(1, number)), receiver.Frames);
        Assert.Equal(0, receiver.Resets);
    }

    private static void GiveTo(string path, uint uid)
    {
        using var chown = System.Diagnostics.Process.Start("chown", [uid.ToString(System.Globalization.CultureInfo.InvariantCulture), path]);
        chown.WaitForExit();
        Assert.True(SysStat.TryStat(path, out FileState state) && state.Uid == uid);
    }
}
