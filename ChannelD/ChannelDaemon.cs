using ChannelD.Administration;
using ChannelD.Gateway;
using ChannelD.Limits;
using ChannelD.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shared.Operations;
using Shared.Operations.CommandLine;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Hosting.Systemd;
using Shared.Protocol.Names;
using Shared.Protocol.Transport;

namespace ChannelD;

/// <summary>What the daemon is made of.</summary>
internal static class ChannelDaemon
{
    /// <summary>What it is called, and its most used options.</summary>
    internal static DaemonProgram Program { get; } = new(
        "channelD",
        "knows every character of its channel, and answers commands",
        ["Channel:Id", "Channel:MaxChannel", "Ipc:RequestKey", "Ipc:RuntimeFolder", "Ops:Listen", "Log:Level", "Log:File"]);

    /// <summary>Sets it up for a command line.</summary>
    internal static DaemonSetup SetUp(string[] arguments)
    {
        GlobalizationCheck.AssertIcu();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = DaemonArguments.ForHost(arguments),
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddDaemonDefaults(arguments);
        builder.AddIpc();
        builder.Services.AddValidatedOptions<ChannelOptions>(builder.Configuration, ChannelOptions.Section);
        builder.Services.AddKeptState();
        builder.Services.AddValidatedOptions<LimitOptions>(builder.Configuration, LimitOptions.Section);
        builder.Services.AddGameChannel();
        builder.AddChannelAdministration();
        builder.Services.AddSingleton<ChannelService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ChannelService>());
        builder.AddSystemd<ChannelService>();
        builder.AddOperations(
            Program.Name,
            services => new DaemonClaim(DaemonRole.ChannelD, services.GetRequiredService<IOptions<ChannelOptions>>().Value.Id - 1));
        return new DaemonSetup(builder, builder.Build);
    }
}
