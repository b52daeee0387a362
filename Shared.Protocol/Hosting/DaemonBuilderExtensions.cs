using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serilog.Extensions.Logging;
using Shared.Protocol.Hosting.Logs;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Protocol.Hosting;

/// <summary>What every daemon of this family has in common.</summary>
public static class DaemonBuilderExtensions
{
    /// <summary>
    /// How long the services together may take to stop, in all. The contract gives 5 s from SIGTERM to the end of the process; the rest
    /// is for closing what the container holds and for the last lines of the log.
    /// </summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4.5);

    /// <summary>
    /// Adds the log (section <c>Log</c>), the check of the configuration, the recorder of faults and the limit of a stop.
    /// <see cref="DaemonHost"/> needs it.
    /// </summary>
    /// <param name="builder">
    /// A builder made with <c>ContentRootPath = AppContext.BaseDirectory</c>, so that <c>appsettings.json</c> is found next to the program
    /// whatever the working directory, and <c>Args = DaemonArguments.ForHost(arguments)</c>:
    /// <c>Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { … })</c> or
    /// <c>WebApplication.CreateSlimBuilder(new WebApplicationOptions { … })</c>. (<c>CreateEmptyBuilder</c> reads no configuration at all.)
    /// </param>
    /// <param name="arguments">The user's own arguments, checked for switches that no option has.</param>
    /// <returns>The builder.</returns>
    public static IHostApplicationBuilder AddDaemonDefaults(this IHostApplicationBuilder builder, IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(arguments);
        SettingsFile.AddTo(builder.Configuration);
        builder.Services.AddValidatedOptions<LogOptions>(builder.Configuration, LogOptions.Section);
        SettingsRegistry registry = OptionsServiceCollectionExtensions.Registry(builder.Services);
        registry.UseArguments(arguments);
        registry.UseSources(builder.Configuration);

        // Serilog alone decides what is written. The host's own account of a fault is left out: DaemonHost gives it, once.
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddSingleton(services =>
        {
            var log = DaemonLog.Open(services.GetRequiredService<IOptions<LogOptions>>().Value, builder.Configuration);
            _ = services.GetRequiredService<IOptionsMonitor<LogOptions>>().OnChange(options => log.Level = options.Level);
            return log;
        });
        builder.Services.AddSingleton<ILoggerProvider>(services =>
            new SerilogLoggerProvider(services.GetRequiredService<DaemonLog>().Logger, dispose: false));
        builder.Services.AddSingleton<LogMetrics>();
        builder.Services.AddSingleton<FaultRecorder>();
        builder.Services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = ShutdownTimeout;
            options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        return builder;
    }
}
