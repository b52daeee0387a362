using System.Globalization;
using ChatClient.Connection;
using Faults.Checker.History;
using Faults.Daemons;
using Faults.Load;
using Faults.Nemesis;
using Faults.Recording;
using Testing.Support.Waiting;

namespace Faults.Tests.Support;

/// <summary>Another chatD of a world, on the same queues, with players of its own.</summary>
internal sealed class SecondChat : IAsyncDisposable
{
    // Beyond the requests that the world's own players can ask.
    private const long FirstRequest = 10_000_000;

    private PlayerLoad? _load;

    private SecondChat(SupervisedDaemon daemon) => Daemon = daemon;

    public SupervisedDaemon Daemon { get; }

    public static async Task<SecondChat> StartAsync(FaultWorld world)
    {
        string path = world.Folder.File("second");
        string[] arguments =
        [
            .. world.Settings.Options,
            string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={world.Keys.RequestKey}"),
            $"--Ipc:ResultPath={world.Settings.ResultPath}",
            "--Log:Level=Warning",
            "--Chat:Instance=1",
            $"--Chat:Listen=unix:{path}",
        ];
        var second = new SecondChat(new SupervisedDaemon(DaemonKind.Chat, instance: 1, arguments, [], world.Folder, world.Recorder));
        try
        {
            await second.Daemon.StartAsync();
            LoadSettings settings = world.Settings.Load(new ServerAddress(string.Empty, 0, path));
            second._load = new PlayerLoad(settings, second.Daemon, world.Recorder, "s", new LoadNumbers(FirstRequest));
            await second.WaitUntilServedAsync();
            return second;
        }
        catch
        {
            await second.DisposeAsync();
            throw;
        }
    }

    public Task WaitUntilServedAsync()
    {
        long nowNs = Recorder.NowNs;
        return Eventually.TrueAsync(() => _load!.AllAnsweredSince(nowNs), "all players of the second chatD are served");
    }

    /// <summary>Ends its load, and stops it.</summary>
    public async Task StopAsync()
    {
        await _load!.StopAsync();
        await Daemon.StopForGoodAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_load is not null)
        {
            await _load.DisposeAsync();
        }

        await Daemon.DisposeAsync();
    }
}
