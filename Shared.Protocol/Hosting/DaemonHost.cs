using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting.Logs;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Protocol.Hosting;

/// <summary>
/// Runs a daemon from its command line to its exit code (<see cref="ExitCodes"/>): builds the host, checks the configuration, starts,
/// waits for SIGTERM, SIGINT or a fault, stops within the limit, closes the log.
/// </summary>
/// <remarks>
/// The framework alone would exit with 0 after a fault of a background service, and with a core dump and 134 after an exception
/// on a thread; here both are 1. Every step of the stop has a deadline, so a service that ignores its token does not hold the process.
/// </remarks>
public static class DaemonHost
{
    private static readonly TimeSpan s_standardErrorLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the daemon until it is stopped. Returns the exit code; throws nothing.</summary>
    /// <param name="daemonName">The name in front of every line on standard error, e.g. <c>chatd</c>.</param>
    /// <param name="build">Builds the host, with <see cref="DaemonBuilderExtensions.AddDaemonDefaults"/>. May throw.</param>
    public static async Task<int> RunAsync(string daemonName, Func<IHost> build)
    {
        using TextWriter standardError = StandardError.Open();
        return await RunAsync(daemonName, build, standardError).ConfigureAwait(false);
    }

    /// <summary>As above, with another standard error.</summary>
    internal static async Task<int> RunAsync(string daemonName, Func<IHost> build, TextWriter standardError)
    {
        ArgumentException.ThrowIfNullOrEmpty(daemonName);
        ArgumentNullException.ThrowIfNull(build);
        IHost host;
        try
        {
            host = build();
        }
        catch (Exception exception)
        {
            Failure failure = Failure.Of(exception, building: true);
            await TellAsync(standardError, daemonName, failure).ConfigureAwait(false);
            if (failure.ExitCode == ExitCodes.Fault)
            {
                // There is no log yet.
                await WriteLinesAsync(standardError, exception.ToString().Split('\n').Select(UserText.Escape)).ConfigureAwait(false);
            }

            return failure.ExitCode;
        }

        return await RunAsync(daemonName, host, standardError).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(string daemonName, IHost host, TextWriter standardError)
    {
        DaemonLog log = host.Services.GetRequiredService<DaemonLog>();
        using SerilogLoggerFactory loggers = new(log.Logger, dispose: false);
        ILogger logger = loggers.CreateLogger(typeof(DaemonHost).FullName!);
        using LastResort lastResort = new(logger, log, daemonName);

        // Its default is to end the process: a terminal that closes, or an operator who expects a reload, must not stop a daemon.
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);

        (Failure? failure, StopBudget budget) = await RunToStopAsync(daemonName, host, logger).ConfigureAwait(false);
        if (failure is not null)
        {
            Log(logger, daemonName, failure);
            await TellAsync(standardError, daemonName, failure).ConfigureAwait(false);
        }

        await DisposeAsync(daemonName, host, logger, budget).ConfigureAwait(false);
        int exitCode = failure?.ExitCode ?? ExitCodes.Clean;
        HostingLog.Stopped(logger, daemonName, exitCode);
        await CloseLogAsync(daemonName, log, logger, standardError, budget).ConfigureAwait(false);
        return exitCode;
    }

    private static async Task<(Failure? Failure, StopBudget Budget)> RunToStopAsync(string daemonName, IHost host, ILogger logger)
    {
        Failure? failure = null;
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        FaultRecorder faults = host.Services.GetRequiredService<FaultRecorder>();
        BackgroundService[] services = [];
        try
        {
            host.Services.GetRequiredService<SettingsRegistry>().ThrowIfFaulty(host.Services);
            host.Services.GetRequiredService<LogMetrics>();
            services = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
            await host.StartAsync().ConfigureAwait(false);
            HostingLog.Started(logger, daemonName, Version, Environment.ProcessId, Environment.UserName);
            await StoppingAsync(lifetime).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to stop while starting.
        }
        catch (Exception exception)
        {
            failure = Failure.Of(exception, building: false);
        }

        // Also after a start that failed half way: what did start holds queues and sockets.
        StopBudget budget = new();
        HostingLog.Stopping(logger, daemonName);
        Exception? stopFault = await StopAsync(host, services, logger).ConfigureAwait(false);
        Exception? fault = faults.First ?? FaultOf(services) ?? stopFault;
        if (failure is not null && fault is not null && fault != failure.Exception)
        {
            HostingLog.FurtherFault(logger, fault, daemonName);
        }

        return (failure ?? (fault is null ? null : Failure.Of(fault, building: false)), budget);
    }

    private static async Task StoppingAsync(IHostApplicationLifetime lifetime)
    {
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task.ConfigureAwait(false);
    }

    private static async Task<Exception?> StopAsync(IHost host, BackgroundService[] services, ILogger logger)
    {
        TimeSpan limit = DaemonBuilderExtensions.ShutdownTimeout;
        try
        {
            // The host hands its own limit to the services as a token. One that ignores it is left behind here.
            await host.StopAsync().WaitAsync(limit).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return exception is TimeoutException ? new TimeoutException($"The services did not stop within {limit.TotalSeconds} s.") : exception;
        }

        BackgroundService[] running = [.. services.Where(service => service.ExecuteTask is { IsCompleted: false })];
        foreach (BackgroundService service in running)
        {
            HostingLog.ServiceDidNotEnd(logger, service.GetType().Name, limit.TotalMilliseconds);
        }

        return running.Length == 0 ? null : new TimeoutException($"{running[0].GetType().Name} did not stop within {limit.TotalSeconds} s.");
    }

    private static Exception? FaultOf(BackgroundService[] services) =>
        services.Select(service => service.ExecuteTask?.Exception?.GetBaseException()).FirstOrDefault(fault => fault is not null);

    private static async Task DisposeAsync(string daemonName, IHost host, ILogger logger, StopBudget budget)
    {
        try
        {
            Task disposing = Task.Run(async () =>
            {
                if (host is IAsyncDisposable asynchronous)
                {
                    await asynchronous.DisposeAsync().ConfigureAwait(false);
                }
                else
                {
                    host.Dispose();
                }
            });
            await disposing.WaitAsync(budget.ForDispose).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            HostingLog.FurtherFault(logger, exception, daemonName);
        }
    }

    private static async Task CloseLogAsync(string daemonName, DaemonLog log, ILogger logger, TextWriter standardError, StopBudget budget)
    {
        List<string> lost = [];
        foreach (SinkMonitor output in log.Outputs.Where(output => output.DroppedEvents + output.FailedEvents > 0))
        {
            HostingLog.EventsLost(logger, output.Output, output.DroppedEvents, output.FailedEvents);
            lost.Add($"{daemonName}: the {output.Output} log lost {output.DroppedEvents} events to a full buffer and {output.FailedEvents} to write errors");
        }

        if (!await log.CloseAsync(budget.ForFlush).ConfigureAwait(false))
        {
            lost.Add($"{daemonName}: the log was not written to its end, its reader or disk does not take it");
        }

        await WriteLinesAsync(standardError, lost).ConfigureAwait(false);
    }

    private static void Log(ILogger logger, string daemonName, Failure failure)
    {
        if (failure.ExitCode == ExitCodes.Fault)
        {
            HostingLog.Faulted(logger, failure.Exception, daemonName);
            return;
        }

        HostingLog.Refused(logger, daemonName, string.Join(' ', failure.Lines));
        HostingLog.RefusedDetails(logger, failure.Exception, daemonName);
    }

    private static Task TellAsync(TextWriter standardError, string daemonName, Failure failure) =>
        WriteLinesAsync(standardError, [$"{daemonName}: {failure.Lines[0]}", .. failure.Lines.Skip(1)]);

    private static async Task WriteLinesAsync(TextWriter standardError, IEnumerable<string> lines)
    {
        string text = string.Concat(lines.Select(line => line + "\n"));
        if (text.Length == 0)
        {
            return;
        }

        try
        {
            // Standard error may be a pipe that nobody reads.
            await Task.Run(() => standardError.Write(text)).WaitAsync(s_standardErrorLimit).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or ObjectDisposedException)
        {
            // There is nowhere left to tell it; the exit code does.
        }
    }

    private static string Version =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
