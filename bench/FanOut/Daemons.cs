using System.Globalization;
using System.Text.RegularExpressions;
using ChatClient.Connection;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;

namespace FanOut;

/// <summary>A channelD and its chatDs as processes, on keys of their own. Disposal stops them and removes what they leave.</summary>
internal sealed partial class Daemons : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly UniqueIpcKeys _keys = new();
    private readonly List<DaemonProcess> _chats = [];
    private readonly DaemonProcess _channel;

    private Daemons(FanOutOptions options) => _channel = Start(
        "ChannelD", ["--Channel:State=memory", "--Limits:Enabled=false", .. options.ChannelOptions]);

    /// <summary>Where the players of a number connect.</summary>
    public ServerAddress AddressOf(int player) => new(string.Empty, 0, SocketOf(player % _chats.Count));

    /// <summary>Starts them, and returns when players can log in.</summary>
    public static async Task<Daemons> StartAsync(FanOutOptions options)
    {
        var daemons = new Daemons(options);
        await daemons._channel.HasPrintedAsync("[1200] channelD");
        for (int instance = 0; instance < options.Chats; instance++)
        {
            DaemonProcess chat = daemons.Start(
                "ChatD",
                $"--Chat:Listen=unix:{daemons.SocketOf(instance)}",
                "--Ops:Listen=socket",
                string.Create(CultureInfo.InvariantCulture, $"--Chat:Instance={instance}"),
                string.Create(CultureInfo.InvariantCulture, $"--Ipc:ChatDaemons={options.Chats}"));
            daemons._chats.Add(chat);
            await chat.HasPrintedAsync("[3010]");
        }

        return daemons;
    }

    /// <summary>Stops them.</summary>
    /// <returns>How many frames channelD has pushed.</returns>
    public async Task<long> StopAsync()
    {
        foreach (DaemonProcess chat in _chats)
        {
            _ = await chat.StopAsync();
        }

        _ = await _channel.StopAsync();
        Match sent = SentFrames().Match(_channel.Output);
        return sent.Success ? long.Parse(sent.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chats.ForEach(chat => chat.Dispose());
        _channel.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"(\d+) frames were sent")]
    private static partial Regex SentFrames();

    private string SocketOf(int instance) => _folder.File(string.Create(CultureInfo.InvariantCulture, $"chat{instance}"));

    private DaemonProcess Start(string name, params string[] options) => new(
        name, [string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={_keys.RequestKey}"), $"--Ipc:RuntimeFolder={_folder.Path}", .. options]);
}
