using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting.Logs;

namespace Shared.Protocol.Hosting;

/// <summary>
/// While it lives, an exception that nobody caught on a thread ends the process with exit code 1 and the exception in the log, and a
/// failed task that nobody looked at is logged.
/// </summary>
internal sealed class LastResort : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger;
    private readonly DaemonLog _log;
    private readonly string _daemonName;

    /// <summary>Starts to watch.</summary>
    public LastResort(ILogger logger, DaemonLog log, string daemonName)
    {
        _logger = logger;
        _log = log;
        _daemonName = daemonName;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        TaskScheduler.UnobservedTaskException += OnUnobservedTaskException;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        TaskScheduler.UnobservedTaskException -= OnUnobservedTaskException;
    }

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs unhandled)
    {
        Exception exception = unhandled.ExceptionObject as Exception ?? new InvalidOperationException("Something that is no exception was thrown.");
        HostingLog.Faulted(_logger, exception, _daemonName);

        // With a deadline, for the reader of either pipe may have stopped.
        string line = $"{_daemonName}: stopped by a fault, {exception.GetType().Name}: {UserText.Escape(exception.Message)}";
        Thread telling = new(() => StandardError.Open().Write(line + "\n")) { IsBackground = true };
        telling.Start();
        _log.Close(s_limit);
        telling.Join(s_limit);
        Environment.Exit(ExitCodes.Fault);
    }

    private void OnUnobservedTaskException(object? sender, UnobservedTaskExceptionEventArgs unobserved) =>
        HostingLog.UnobservedFault(_logger, unobserved.Exception);
}
