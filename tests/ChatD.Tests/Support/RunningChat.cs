using System.Net.Sockets;
using ChatD.Connections;
using ChatD.Gateway;
using ChatD.Hosting;
using ChatD.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Transport.InMemory;
using Testing.Support.Folders;
using Testing.Support.Waiting;

namespace ChatD.Tests.Support;

/// <summary>chatD as it runs, with Kestrel on a Unix socket of its own; only the queues are in memory.</summary>
internal sealed class RunningChat : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WebApplication _application;
    private readonly string _socketPath;

    private RunningChat(Dictionary<string, string?> settings)
    {
        _socketPath = Path.Combine(_folder.Path, "chat.sock");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.Path });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["Chat:Listen"] = "unix:" + _socketPath;
        builder.Configuration["Ipc:HeartbeatMs"] = "50";
        builder.AddChat();
        builder.Services.AddSingleton<IpcNodeFactory>(services => claim => new IpcNode(
            Bus.Attach(claim),
            services.GetRequiredService<IOptions<IpcOptions>>().Value,
            generation: 0xC1,
            TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>()));
        _application = builder.Build();
    }

    public InMemoryBus Bus { get; } = new();

    public ChannelGateway Gateway => _application.Services.GetRequiredService<ChannelGateway>();

    public SessionRegistry Sessions => _application.Services.GetRequiredService<SessionRegistry>();

    /// <summary>What Kestrel hands its connections to.</summary>
    public PlayerConnectionHandler Handler => _application.Services.GetRequiredService<PlayerConnectionHandler>();

    /// <summary>Draws the lines that are traced.</summary>
    public TraceSampling Sampling => _application.Services.GetRequiredService<TraceSampling>();

    public int PendingLogIns => _application.Services.GetRequiredService<LogInAdmission>().PendingCount;

    public static async Task<RunningChat> StartAsync(params (string Key, string Value)[] settings)
    {
        var chat = new RunningChat(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        await chat._application.StartAsync();
        return chat;
    }

    public Task WhenReadyAsync() => Eventually.TrueAsync(() => Gateway.IsReady, "the channel is ready");

    public Task StopAsync() => _application.StopAsync(CancellationToken.None);

    public async Task<TestPlayer> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath));
        return new TestPlayer(socket);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(limit.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await _application.DisposeAsync();
        _folder.Dispose();
    }
}
