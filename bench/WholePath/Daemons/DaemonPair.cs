using System.Globalization;
using Measuring;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Ports;
using Testing.Support.Processes;

namespace WholePath.Daemons;

/// <summary>A channelD and a chatD as processes, on keys, a port and a folder of their own. Disposal stops them and removes what they leave.</summary>
internal sealed class DaemonPair : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly UniqueIpcKeys _keys = new();
    private readonly ChildProcess _channel;
    private DaemonProcess? _chat;

    private DaemonPair(int characters, IReadOnlyList<string> options)
    {
        string[] ofChannel = [.. Common(options), "--Channel:State=memory", "--Limits:Enabled=false"];
        _channel = characters == 0 ? new DaemonProcess("ChannelD", ofChannel) : SeededChannel.Start(characters, ofChannel);
    }

    /// <summary>Where players connect, on 127.0.0.1.</summary>
    internal int Port { get; } = FreePort.Find();

    /// <summary>The process of chatD.</summary>
    internal int ChatId => _chat!.Id;

    /// <summary>The process of channelD.</summary>
    internal int ChannelId => _channel.Id;

    /// <summary>Starts both, and returns when players can log in.</summary>
    /// <param name="options">Further options of both.</param>
    /// <param name="characters">How many characters channelD has besides the players; 0 for the program as it is.</param>
    internal static async Task<DaemonPair> StartAsync(IReadOnlyList<string> options, int characters = 0)
    {
        var pair = new DaemonPair(characters, options);
        try
        {
            await pair._channel.HasPrintedAsync("[1200] channelD");
            pair._chat = new DaemonProcess(
                "ChatD",
                [.. pair.Common(options), string.Create(CultureInfo.InvariantCulture, $"--Chat:Listen=127.0.0.1:{pair.Port}"), "--Ops:Listen=socket"]);
            await pair._chat.HasPrintedAsync("[3010]");
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>What both have used so far.</summary>
    internal (ProcessUsage Chat, ProcessUsage Channel) ReadUsage() => (ProcessUsage.Of(ChatId), ProcessUsage.Of(ChannelId));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess daemon in new[] { _chat, _channel }.OfType<ChildProcess>())
        {
            // In order, so that it removes what the runtime has in the temporary folder; who does not end is killed.
            using (daemon)
            {
                daemon.Terminate();
                _ = await Task.WhenAny(daemon.ExitAsync());
            }
        }

        _keys.Dispose();
        _folder.Dispose();
    }

    private string[] Common(IReadOnlyList<string> options) =>
        [string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={_keys.RequestKey}"), $"--Ipc:RuntimeFolder={_folder.Path}", .. options];
}
