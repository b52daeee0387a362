using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Testing.Support.Processes;

namespace System.Tests.Support;

/// <summary>Several channelDs and two chatDs as processes, which share queues, folder and kept state. Disposal kills and removes what is left.</summary>
public sealed class ServerGroup : IDisposable
{
    /// <summary>A game master of tier 1; his key is <see cref="MasterKey"/>.</summary>
    public const string Master = "운영자";

    /// <summary>A game master of tier 2; his key is the same.</summary>
    public const string HighMaster = "총운영자";

    /// <summary>The key of both.</summary>
    public const string MasterKey = "a key of the tests";

    /// <summary>How long a silent daemon counts as living, for tests that wait for its end.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    private readonly ServerPair _pair;
    private readonly Dictionary<int, DaemonProcess> _channels = [];
    private readonly List<DaemonProcess> _chats = [];

    private ServerGroup(string[] common) => _pair = new ServerPair([
        "--Ipc:ChatDaemons=2", "--Ipc:HeartbeatMs=200", string.Create(CultureInfo.InvariantCulture, $"--Ipc:LeaseMs={(int)Lease.TotalMilliseconds}"), .. common]);

    /// <summary>The folder of sockets and kept state.</summary>
    public string Folder => _pair.RuntimeFolder;

    /// <summary>The file of the kept state.</summary>
    public string StateFile => Path.Combine(Folder, "state.db");

    /// <summary>Starts channelDs 1 to <paramref name="channels"/>, and two chatDs.</summary>
    public static async Task<ServerGroup> StartAsync(int channels = 2, params string[] common)
    {
        var group = new ServerGroup(common);
        try
        {
            for (int id = 1; id <= channels; id++)
            {
                await group.StartChannelAsync(id);
            }

            group._chats.Add(group._pair.LaunchChat());
            await group._pair.ChatReadyAsync();
            group._chats.Add(await group._pair.StartFurtherChatAsync(1));
            return group;
        }
        catch
        {
            group.Dispose();
            throw;
        }
    }

    /// <summary>What the daemons that are started from now on are started by.</summary>
    public IReadOnlyList<string> Launcher
    {
        get => _pair.Launcher;
        set => _pair.Launcher = value;
    }

    /// <summary>The channelD of a number.</summary>
    public DaemonProcess Channel(int id) => _channels[id];

    /// <summary>The chatD of a number, 0 or 1.</summary>
    public DaemonProcess Chat(int instance) => _chats[instance];

    /// <summary>Starts a channelD, for the first time or again.</summary>
    public async Task StartChannelAsync(int id, params string[] options)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MasterKey)));
        _channels[id] = _pair.LaunchChannel([
            string.Create(CultureInfo.InvariantCulture, $"--Channel:Id={id}"),
            $"--Channel:StateFile={StateFile}",
            $"--Channel:GameMasters={Master}:1:{key},{HighMaster}:2:{key}",
            .. options]);
        await _pair.ChannelRunsAsync();
    }

    /// <summary>Starts the second chatD again.</summary>
    public async Task RestartSecondChatAsync() => _chats[1] = await _pair.StartFurtherChatAsync(1);

    /// <summary>Logs a player in.</summary>
    public Task<TestPlayer> LogInAsync(string name, int chat = 0, int channel = 1, string map = TestPlayer.DefaultMap, string? key = null) =>
        TestPlayer.LogInAsync(chat == 0 ? _pair.Address : _pair.AddressOf(chat), name, channel, map, key);

    /// <summary>Starts a client of the first chatD.</summary>
    public ClientProcess StartClient(string name, params string[] options) => _pair.StartClient(name, options);

    /// <summary>Stops all cleanly, chatDs first, and asserts that nothing is left.</summary>
    public async Task StopCleanlyAsync()
    {
        foreach (DaemonProcess daemon in _chats.Concat(_channels.Values))
        {
            Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
        }

        Assert.True(_pair.Keys.AreUnused, "A queue or semaphore set is left.");
    }

    /// <inheritdoc/>
    public void Dispose() => _pair.Dispose();
}
