using System.Net;
using ChatD.Configuration;
using ChatD.Connections;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Hosting.Listening;
using ChatD.Sessions;
using ChatD.Stays;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Hosting.Systemd;

namespace ChatD.Hosting;

/// <summary>Registers chatD.</summary>
internal static class ChatServices
{
    // Sessions of two runs are told apart by their numbers alone where a wire does not carry the generation, and by clients, who have to know
    // whether what they resume is the session that they had.
    private const int RandomFirstIdBelow = 1 << 30;

    // How far reading may run ahead of one player's lines. Full, it takes his socket from the thread that serves the others, too.
    private const int MaxReadBufferBytes = 64 * 1024;

    /// <summary>Adds the options, the gateway, and the players' side on Kestrel.</summary>
    public static void AddChat(this WebApplicationBuilder builder)
    {
        builder.AddIpc();
        builder.Services.AddValidatedOptions<ChatOptions>(builder.Configuration, ChatOptions.Section);
        builder.Services.AddSingleton(services => new SessionRegistry(
            Random.Shared.Next(1, RandomFirstIdBelow), services.GetRequiredService<IOptions<ChatOptions>>().Value.MaxPlayers));
        builder.Services.AddSingleton<LogInAdmission>();
        builder.Services.AddSingleton<StayRegistry>();
        builder.Services.AddSingleton<ConnectionWatch>();
        builder.Services.AddSingleton<ChatMetrics>();
        builder.Services.TryAddSingleton<TraceSampling>();
        builder.Services.AddSingleton<LineTracing>();
        builder.Services.AddSingleton<LogInTracing>();
        builder.Services.AddSingleton<ChannelGateway>();
        builder.Services.AddSingleton<PlayerServices>();
        builder.Services.AddSingleton<PlayerConnectionHandler>();

        // Registered before Kestrel, which the builder adds last: so the gateway starts before the players come and stops after they went.
        builder.Services.AddHostedService(services => services.GetRequiredService<ChannelGateway>());
        builder.AddSystemd<ChannelGateway>();
        builder.Services.AddHostedService<LeftSockets>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(options =>
        {
            options.UnsafePreferInlineScheduling = InlineSockets.ArePreferred;
            options.MaxReadBufferSize = MaxReadBufferBytes;
        });
        builder.Services.AddSingleton<ConnectionSlots>();
        builder.Services.RemoveAll<IConnectionListenerFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new BoundedListenerFactory(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), services.GetRequiredService<ConnectionSlots>()));
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, PlayerEndPoints>();
    }

    private sealed class PlayerEndPoints(IOptions<ChatOptions> options) : IConfigureOptions<KestrelServerOptions>
    {
        public void Configure(KestrelServerOptions kestrel)
        {
            kestrel.AddServerHeader = false;

            // Beyond it a connection is closed at once: to tell it why would take what there is too little of.
            kestrel.Limits.MaxConcurrentConnections = options.Value.EffectiveMaxConnections;
            _ = ListenAddress.TryParseAll(options.Value.Listen, out IReadOnlyList<EndPoint> endPoints, out _);
            foreach (EndPoint endPoint in endPoints)
            {
                kestrel.Listen(endPoint, listen =>
                {
                    listen.Protocols = HttpProtocols.None;
                    listen.UseConnectionHandler<PlayerConnectionHandler>();
                });
            }
        }
    }
}
