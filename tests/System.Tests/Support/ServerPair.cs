using System.Globalization;
using ChatClient.Connection;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;

namespace System.Tests.Support;

/// <summary>
/// A channelD and a chatD as processes, on keys and a Unix socket of their own. Disposal kills whatever still runs and removes whatever
/// is left, so that a failed test disturbs no other.
/// </summary>
public sealed class ServerPair : IDisposable
{
    private const string ChannelRuns = "[1200] channelD";
    private const string ChatIsReady = "[3010]";

    // Not the port of the operations page, which all chatDs of a host would be after.
    private const string OwnSocketOnly = "--Ops:Listen=socket";
    private const string ChatRuns = "[1200] chatD";

    private readonly TempFolder _folder = new();
    private readonly List<DaemonProcess> _all = [];
    private readonly string[] _common;
    private DaemonProcess? _channel;
    private DaemonProcess? _chat;

    /// <summary>Draws keys and a socket; starts nothing.</summary>
    /// <param name="common">The options that both daemons are given.</param>
    public ServerPair(params string[] common) => _common = common;

    /// <summary>The keys of the pair.</summary>
    public UniqueIpcKeys Keys { get; } = new();

    /// <summary>What the daemons that are started from now on are started by: their user, their namespaces. None to start with.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>Where the daemons tell of themselves.</summary>
    public string RuntimeFolder => _folder.Path;

    /// <summary>Where chatD listens.</summary>
    public ServerAddress Address => new(string.Empty, 0, SocketPath);

    /// <summary>The path of chatD's socket.</summary>
    public string SocketPath => _folder.File("chat");

    /// <summary>How many messages wait in the request queue; 0 where there is none.</summary>
    public long RequestDepth => DepthOf(Keys.RequestQueueId);

    /// <summary>How many bytes lie in the request queue: one message may have several requests.</summary>
    public long RequestBytes => Keys.RequestQueueId is { } queue ? new RawQueue(queue).Bytes ?? 0 : 0;

    /// <summary>The same as <see cref="RequestDepth"/> of the result queue.</summary>
    public long ResultDepth => DepthOf(Keys.ResultQueueId);

    /// <summary>The channelD started last.</summary>
    public DaemonProcess Channel => _channel ?? throw new InvalidOperationException("No channelD was started.");

    /// <summary>The chatD started last.</summary>
    public DaemonProcess Chat => _chat ?? throw new InvalidOperationException("No chatD was started.");

    /// <summary>Starts both with the same options and waits until players can log in.</summary>
    public static async Task<ServerPair> StartAsync(params string[] common)
    {
        var pair = new ServerPair(common);
        try
        {
            await pair.StartBothAsync();
            return pair;
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>Starts both and waits until players can log in.</summary>
    public async Task StartBothAsync(string[]? channel = null, string[]? chat = null)
    {
        _ = LaunchChannel(channel ?? []);
        _ = LaunchChat(chat ?? []);
        await ReadyAsync();
    }

    /// <summary>Returns when both have said that they run, and chatD that its channel is ready.</summary>
    public async Task ReadyAsync()
    {
        await ChannelRunsAsync();
        await ChatReadyAsync();
    }

    /// <summary>Returns when channelD has said that it runs.</summary>
    public Task ChannelRunsAsync() => Channel.HasPrintedAsync(ChannelRuns);

    /// <summary>Returns when chatD has said that it runs, and that its channel is ready.</summary>
    public async Task ChatReadyAsync()
    {
        await Chat.HasPrintedAsync(ChatRuns);
        await Chat.HasPrintedAsync(ChatIsReady);
    }

    /// <summary>Starts a channelD on this pair's keys and returns at once.</summary>
    /// <remarks>Without limits of how often a player may do what, for tests send more than any player would; a test may switch them on.</remarks>
    public DaemonProcess LaunchChannel(params string[] options) => _channel = Launch("ChannelD", [State, "--Limits:Enabled=false", .. options]);

    /// <summary>Starts a chatD on this pair's keys and socket and returns at once.</summary>
    public DaemonProcess LaunchChat(params string[] options) => _chat = Launch("ChatD", [$"--Chat:Listen=unix:{SocketPath}", OwnSocketOnly, .. options]);

    /// <summary>Where the chatD of a further number listens.</summary>
    public ServerAddress AddressOf(int instance) => new(string.Empty, 0, $"{SocketPath}{instance}");

    /// <summary>Starts a further chatD on this pair's keys and returns when its channel is ready.</summary>
    public async Task<DaemonProcess> StartFurtherChatAsync(int instance)
    {
        string number = instance.ToString(CultureInfo.InvariantCulture);
        DaemonProcess chat = Launch("ChatD", [$"--Chat:Listen=unix:{SocketPath}{number}", $"--Chat:Instance={number}", OwnSocketOnly]);
        await chat.HasPrintedAsync(ChatRuns);
        await chat.HasPrintedAsync(ChatIsReady);
        return chat;
    }

    /// <summary>Starts a client on this pair's socket.</summary>
    public ClientProcess StartClient(string name, params string[] options) =>
        new(["--server", Address.ToString(), "--name", name, "--json", .. options]);

    /// <summary>Connects a player to this pair's socket and logs him in.</summary>
    public Task<TestPlayer> LogInAsync(string name, int channel = 1, string map = TestPlayer.DefaultMap) =>
        TestPlayer.LogInAsync(Address, name, channel, map);

    /// <summary>Stops both cleanly, chatD first, and asserts that nothing is left.</summary>
    public async Task StopCleanlyAsync()
    {
        Assert.Equal(0, (await Chat.StopAsync()).ExitCode);
        Assert.Equal(0, (await Channel.StopAsync()).ExitCode);
        Assert.True(Keys.AreUnused, $"A queue or semaphore set is left on keys {Keys.RequestKey}, {Keys.ResultKey}.\n{Channel}{Chat}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.ForEach(daemon => daemon.Dispose());
        Keys.Dispose();
        _folder.Dispose();
    }

    // A file of the pair's own, for whatever it keeps. Another user may not write to the folder.
    private string State => Launcher.Count == 0 ? $"--Channel:StateFile={_folder.File("state.db")}" : "--Channel:State=memory";

    private static long DepthOf(int? id) => id is { } queue ? new RawQueue(queue).Depth ?? 0 : 0;

    private DaemonProcess Launch(string name, string[] options)
    {
        string key = Keys.RequestKey.ToString(CultureInfo.InvariantCulture);
        var daemon = DaemonProcess.Launch(
            Launcher, name, [$"--Ipc:RequestKey={key}", $"--Ipc:RuntimeFolder={_folder.Path}", .. _common, .. options]);
        _all.Add(daemon);
        return daemon;
    }
}
