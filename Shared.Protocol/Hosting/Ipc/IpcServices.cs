using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shared.Protocol.Hosting.Ipc;

/// <summary>Registers what both daemons need to reach each other.</summary>
public static class IpcServices
{
    /// <summary>Adds the section <c>Ipc</c> and the <see cref="IpcNodeFactory"/>.</summary>
    public static void AddIpc(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<IpcOptions>(builder.Configuration, IpcOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IpcState>();
        builder.Services.TryAddSingleton<DrainSwitch>();
        builder.Services.AddSingleton<IpcNodeFactory>(services => claim =>
        {
            var node = IpcNode.Open(
                services.GetRequiredService<IOptions<IpcOptions>>().Value,
                claim,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILoggerFactory>());
            services.GetRequiredService<IpcState>().Use(node);
            return node;
        });
    }
}
