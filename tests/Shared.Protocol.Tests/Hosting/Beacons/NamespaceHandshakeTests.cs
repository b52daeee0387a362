using Microsoft.Extensions.Logging;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Transport;
using Testing.Support.Folders;
using Testing.Support.Time;

namespace Shared.Protocol.Tests.Hosting.Beacons;

/// <summary>Daemons that tell of themselves in a folder, and what they make of what they find there.</summary>
public sealed class NamespaceHandshakeTests : IDisposable
{
    private const int Key = 0x4711;
    private const int OtherWrite = 2;
    private const int NotRead = 1252;
    private const int Mismatch = 1251;
    private static readonly DaemonClaim s_chat = new(DaemonRole.ChatD, 0);
    private static readonly DaemonClaim s_channel = new(DaemonRole.ChannelD, 0);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly EventLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Begin_OtherDaemonInTheSameNamespace_BothGoOnAndTakeTheirFilesAway()
    {
        using (Begin(s_channel, 1))
        using (Begin(s_chat, 1))
        {
            Assert.Equal(2, Files().Length);
        }

        Assert.Empty(Files());
        Assert.Empty(_log.Of(NotRead));
    }

    [Fact]
    public void Begin_OtherDaemonInAnotherNamespace_RefusesNamingBothAndLeavesNothing()
    {
        using NamespaceHandshake channel = Begin(s_channel, 11);
        ResourceRefusedException refused = Assert.Throws<ResourceRefusedException>(() => Begin(s_chat, 22));
        Assert.Contains("namespace 11,", refused.Message, StringComparison.Ordinal);
        Assert.Contains("is in 22:", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId} of host", refused.Message, StringComparison.Ordinal);
        Assert.Single(Files());
    }

    [Fact]
    public void Begin_SameDaemonInAnotherNamespace_Refuses()
    {
        using NamespaceHandshake channel = Begin(s_channel, 11);
        Assert.Throws<ResourceRefusedException>(() => Begin(s_channel, 22));
        Assert.Single(Files());
    }

    [Fact]
    public void Begin_OtherKeyInAnotherNamespace_IsNobodysConcern()
    {
        using NamespaceHandshake channel = Begin(s_channel, 11);
        using NamespaceHandshake other = Begin(s_chat, 22, key: Key + 1);
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Begin_FilesOfTheDead_AreRemoved()
    {
        string dead = _folder.File($"{Key:x8}-channeld-0.beacon");
        File.WriteAllText(dead, new Beacon(s_channel, 1, "before", DateTimeOffset.UnixEpoch, 11).Format());
        File.WriteAllText(_folder.File("00000001-chatd-7.beacon"), "rubbish");
        File.WriteAllText(_folder.File("notes.txt"), "not ours");

        using NamespaceHandshake chat = Begin(s_chat, 22);

        Assert.Equal(["00004711-chatd-0.beacon", "notes.txt"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Begin_LinkInPlaceOfTheFile_IsNotFollowed()
    {
        string target = _folder.File("target");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(_folder.File($"{Key:x8}-chatd-0.beacon"), target);

        using (Begin(s_chat, 1))
        {
        }

        Assert.Equal("precious", File.ReadAllText(target));
        Assert.Single(_log.Of(NotRead));
    }

    [Fact]
    public void Begin_LinkInPlaceOfTheFolder_IsNotUsed()
    {
        string link = _folder.File("link");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(_folder.File("real")).FullName);
        using NamespaceHandshake chat = Begin(s_chat, 1, folder: link);
        Assert.Contains("link", Assert.Single(_log.Of(NotRead)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("real")));
    }

    [Fact]
    public void Begin_OthersMayWriteToTheFolder_IsNotUsed()
    {
        string open = Directory.CreateDirectory(_folder.File("open")).FullName;
#pragma warning disable CA1416 // The tests run on Linux.
        File.SetUnixFileMode(open, File.GetUnixFileMode(open) | (UnixFileMode)OtherWrite);
#pragma warning restore CA1416
        using NamespaceHandshake chat = Begin(s_chat, 1, folder: open);
        Assert.Contains("others must not write to it", Assert.Single(_log.Of(NotRead)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(open));
    }

    [Fact]
    public void Begin_NamespaceUnknown_SaysSoAndTellsNothing()
    {
        using NamespaceHandshake chat = Begin(s_chat, 0);
        Assert.Single(_log.Of(NotRead));
        Assert.Empty(Files());
    }

    [Fact]
    public void Watch_DaemonAppearsInAnotherNamespace_IsToldOnce()
    {
        using NamespaceHandshake chat = Begin(s_chat, 11);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(_log.Of(Mismatch));

        using BeaconFile? other = BeaconFile.TryMake(
            _folder.File($"{Key:x8}-channeld-0.beacon"), new Beacon(s_channel, 5, "there", DateTimeOffset.UnixEpoch, 22));
        _time.Advance(TimeSpan.FromSeconds(10));

        string told = Assert.Single(_log.Of(Mismatch));
        Assert.Contains("channelD of instance 0 (process 5 of host there", told, StringComparison.Ordinal);
        Assert.Contains("namespace 22,", told, StringComparison.Ordinal);
        Assert.Contains("is in 11:", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("role ChannelD\ninstance 0\nprocess 1\nhost h\nstarted 2026-01-01T00:00:00Z\n")]
    [InlineData("role ChannelD\ninstance 256\nprocess 1\nhost h\nstarted 2026-01-01T00:00:00Z\nipc 1\n")]
    [InlineData("role 7\ninstance 0\nprocess 1\nhost h\nstarted 2026-01-01T00:00:00Z\nipc 1\n")]
    [InlineData("role ChannelD\ninstance 0\nprocess 1\nhost h\nstarted yesterday\nipc 1\n")]
    public void TryParse_NotWhole_IsNull(string text) => Assert.Null(Beacon.TryParse(text));

    [Fact]
    public void TryParse_WhatFormatWrote_IsTheSame()
    {
        var beacon = new Beacon(s_chat, 42, "host 1", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 4026531839);
        Assert.Equal(beacon, Beacon.TryParse(beacon.Format()));
    }

    private NamespaceHandshake Begin(DaemonClaim claim, ulong ipcNamespace, int key = Key, string? folder = null) => NamespaceHandshake.Begin(
        new IpcOptions { RequestKey = key, RuntimeFolder = folder ?? _folder.Path }, claim, ipcNamespace, _time, _log);

    private string[] Files() => Directory.GetFiles(_folder.Path, "*.beacon");

    private sealed class EventLog : ILogger
    {
        private readonly List<(int Id, string Line)> _lines = [];

        public IEnumerable<string> Of(int id) => _lines.Where(line => line.Id == id).Select(line => line.Line);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Add((eventId.Id, formatter(state, exception)));
    }
}
