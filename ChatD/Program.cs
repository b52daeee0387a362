using ChatD.Administration;
using ChatD.Configuration;
using ChatD.Hosting;
using Microsoft.Extensions.Options;
using Shared.Operations;
using Shared.Operations.CommandLine;
using Shared.Protocol.Hosting;
using Shared.Protocol.Names;
using Shared.Protocol.Transport;

InlineSockets.Prefer();
DaemonProgram program = new(
    "chatD",
    "holds the players' connections, and asks channelD for them",
    ["Chat:Listen", "Chat:Instance", "Chat:HomeChannel", "Ipc:RequestKey", "Ipc:RuntimeFolder", "Ops:Listen", "Log:Level", "Log:File"]);
return await OperatedDaemon.RunAsync(program, args, arguments =>
{
    GlobalizationCheck.AssertIcu();
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
    {
        Args = DaemonArguments.ForHost(arguments),
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddDaemonDefaults(arguments);
    builder.AddChat();
    builder.AddChatAdministration();
    builder.Services.AddReadiness<ChannelReadiness>();
    builder.AddOperations(
        program.Name,
        services => new DaemonClaim(DaemonRole.ChatD, services.GetRequiredService<IOptions<ChatOptions>>().Value.Instance));
    builder.AddOperationsPage(firstPort: 7780);
    return new DaemonSetup(builder, builder.Build);
});
