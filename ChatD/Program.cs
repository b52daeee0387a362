using ChatD.Hosting;
using Shared.Protocol.Hosting;
using Shared.Protocol.Names;

return await DaemonHost.RunAsync("chatD", () =>
{
    GlobalizationCheck.AssertIcu();
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
    {
        Args = DaemonArguments.ForHost(args),
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDaemonDefaults(args);
    builder.AddChat();
    return builder.Build();
});
