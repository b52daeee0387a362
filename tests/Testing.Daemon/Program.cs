using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Testing.Daemon;

return await DaemonHost.RunAsync("testd", () =>
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
    {
        Args = DaemonArguments.ForHost(args),
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDaemonDefaults(args);
    builder.Services.AddValidatedOptions<TestOptions>(builder.Configuration, TestOptions.Section);
    builder.AddIpc();
    builder.Services.AddHostedService<TestService>();
    return builder.Build();
});
