using ChannelD;
using ChannelD.Gateway;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Names;

return await DaemonHost.RunAsync("channelD", () =>
{
    GlobalizationCheck.AssertIcu();
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
    {
        Args = DaemonArguments.ForHost(args),
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDaemonDefaults(args);
    builder.AddIpc();
    builder.Services.AddValidatedOptions<ChannelOptions>(builder.Configuration, ChannelOptions.Section);
    builder.Services.AddGameChannel();
    builder.Services.AddHostedService<ChannelService>();
    return builder.Build();
});
