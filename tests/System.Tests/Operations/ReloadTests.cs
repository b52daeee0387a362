using System.Globalization;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;

namespace System.Tests.Operations;

/// <summary>What SIGHUP does to a daemon that runs.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly UniqueIpcKeys _keys = new();
    private readonly ChildProcess _channel;

    public ReloadTests()
    {
        ProgramCopy.Make(_folder, "ChannelD");
        Write("Information", "Warning", maxChannel: 20);
        Directory.CreateDirectory(_folder.File("run"));

        // Whoever runs the tests in the background may have had SIGHUP ignored, and daemons inherit that.
        _channel = new ChildProcess(
            "env",
            "--default-signal=HUP",
            "dotnet",
            _folder.File("ChannelD.dll"),
            "--Channel:State=memory",
            $"--Ipc:RequestKey={_keys.RequestKey.ToString(CultureInfo.InvariantCulture)}",
            $"--Ipc:RuntimeFolder={_folder.File("run")}",
            "--Ops:TimeoutMs=20000");
    }

    public void Dispose()
    {
        _channel.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task HangUp_LogLevel_ChangesAtOnceAndWhatNeedsARestartIsNamed()
    {
        await _channel.HasPrintedAsync("[1200] channelD");
        Assert.DoesNotContain("DBG", _channel.Output, StringComparison.Ordinal);

        Write("Debug", "Debug", maxChannel: 30);
        _channel.HangUp();
        await _channel.HasPrintedAsync("[1410]");
        Assert.Contains("[1411] Log:Level is debug now, and was information", _channel.Output, StringComparison.Ordinal);
        Assert.Contains("[1411] Serilog:MinimumLevel:Override:Microsoft is Debug now, and was Warning", _channel.Output, StringComparison.Ordinal);
        Assert.Contains("[1412] Channel:MaxChannel is configured as 30 and stays 20", _channel.Output, StringComparison.Ordinal);
        Assert.Contains("2 options have changed, 1 more will at the next start", _channel.Output, StringComparison.Ordinal);

        // Kestrel's own events are at debug: they come now, and only now.
        using ChildProcess health = new(
            "dotnet",
            _folder.File("ChannelD.dll"),
            "--health",
            $"--Ipc:RequestKey={_keys.RequestKey.ToString(CultureInfo.InvariantCulture)}",
            $"--Ipc:RuntimeFolder={_folder.File("run")}",
            "--Ops:TimeoutMs=20000");
        Assert.Equal(0, await health.ExitAsync());
        await _channel.HasPrintedAsync(" DBG ");
    }

    [Fact]
    public async Task HangUp_WithAFault_ChangesNothingAndTheDaemonRunsOn()
    {
        await _channel.HasPrintedAsync("[1200] channelD");
        Write("Debug", "Warning", maxChannel: 999);
        _channel.HangUp();
        await _channel.HasPrintedAsync("[1413]");
        Assert.Contains("Channel:MaxChannel = 999 is out of range", _channel.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_folder.File("appsettings.json"), "{ \"Log\": ");
        _channel.HangUp();
        await _channel.HasPrintedAsync("[1413]", times: 2);
        Assert.DoesNotContain("[1411]", _channel.Output, StringComparison.Ordinal);

        Write("Information", "Warning", maxChannel: 20);
        _channel.HangUp();
        await _channel.HasPrintedAsync("[1410] The configuration was read again: 0 options");
        _channel.Terminate();
        Assert.Equal(0, await _channel.ExitAsync());
    }

    private void Write(string level, string frameworkLevel, int maxChannel) => File.WriteAllText(
        _folder.File("appsettings.json"),
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "Log": { "Level": "{{level}}" },
              "Serilog": { "MinimumLevel": { "Override": { "Microsoft": "{{frameworkLevel}}" } } },
              "Channel": { "MaxChannel": {{maxChannel}} }
            }
            """));
}
