using System.Text;
using Microsoft.Extensions.Configuration;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;
using Serilog.Settings.Configuration;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting.Logs;

/// <summary>
/// The log of one daemon: each output has a bounded buffer and a thread of its own, so that a caller never waits for a reader or a disk.
/// </summary>
/// <remarks>
/// Not disposable on purpose: the container would dispose it, without a deadline, before the last lines are written.
/// <see cref="DaemonHost"/> owns it and calls <see cref="CloseAsync"/>.
/// </remarks>
internal sealed class DaemonLog
{
    private readonly Logger _logger;
    private readonly LoggingLevelSwitch _level;
    private readonly LoggingLevelSwitch _frameworkLevel;

    private DaemonLog(Logger logger, LoggingLevelSwitch level, LoggingLevelSwitch frameworkLevel, IReadOnlyList<SinkMonitor> outputs)
    {
        _logger = logger;
        _level = level;
        _frameworkLevel = frameworkLevel;
        Outputs = outputs;
    }

    /// <summary>The lowest level that is written. Can be changed at any time, from any thread.</summary>
    public LogEventLevel Level
    {
        get => _level.MinimumLevel;
        set
        {
            _level.MinimumLevel = value;
            _frameworkLevel.MinimumLevel = Highest(value, LogEventLevel.Warning);
        }
    }

    /// <summary>The logger that feeds all outputs.</summary>
    public Serilog.ILogger Logger => _logger;

    /// <summary>The counts of each output.</summary>
    public IReadOnlyList<SinkMonitor> Outputs { get; }

    /// <summary>Opens the outputs that the options name.</summary>
    /// <exception cref="ResourceRefusedException">The file cannot be written.</exception>
    public static DaemonLog Open(LogOptions options, IConfiguration configuration)
    {
        ITextFormatter formatter = options.Format == LogFormat.Json
            ? new EscapingTextFormatter(new JsonFormatter("\n", renderMessage: true))
            : new TextLogFormatter();
        LoggingLevelSwitch level = new(options.Level);
        LoggingLevelSwitch frameworkLevel = new(Highest(options.Level, LogEventLevel.Warning));
        LoggerConfiguration building = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", frameworkLevel)
            .MinimumLevel.Override("System", frameworkLevel)
            .ReadFrom.Configuration(configuration, new ConfigurationReaderOptions(typeof(DaemonLog).Assembly));
        List<SinkMonitor> outputs = [];
        if (options.Console)
        {
            Add("console", sink => sink.Console(formatter));
        }

        if (!string.IsNullOrEmpty(options.File))
        {
            string path = Path.GetFullPath(options.File);
            ProveWritable(path);
            Add("file", sink => sink.File(
                formatter,
                path,
                fileSizeLimitBytes: options.FileMaxBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: options.FileCount,
                encoding: new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
        }

        return new DaemonLog(building.CreateLogger(), level, frameworkLevel, outputs);

        void Add(string name, Action<LoggerSinkConfiguration> configure)
        {
            SinkMonitor monitor = new(name);
            outputs.Add(monitor);
            building.WriteTo.Async(
                inner => LoggerSinkConfiguration.Wrap(inner, monitor.Counting, configure, LevelAlias.Minimum, null),
                monitor,
                options.BufferEvents,
                blockWhenFull: false);
        }
    }

    /// <summary>Writes what is buffered and closes the outputs; gives up at the deadline, for a stopped reader never comes back.</summary>
    /// <returns>Whether everything was written in time.</returns>
    public async Task<bool> CloseAsync(TimeSpan deadline)
    {
        Task<bool> closing = Task.Factory.StartNew(TryDispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await closing.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>As <see cref="CloseAsync"/>, for a process that is about to end because of an exception: blocks the caller.</summary>
    public void Close(TimeSpan deadline)
    {
        Thread closing = new(() => TryDispose()) { IsBackground = true };
        closing.Start();
        closing.Join(deadline);
    }

    private bool TryDispose()
    {
        try
        {
            _logger.Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or AggregateException)
        {
            // The last flush, to a disk that is full.
            return false;
        }
    }

    private static LogEventLevel Highest(LogEventLevel one, LogEventLevel other) => one > other ? one : other;

    // The sink would open the file at the first event, on its own thread, and tell nobody that it cannot.
    private static void ProveWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ResourceRefusedException(
                $"{LogOptions.Section}:{nameof(LogOptions.File)} = {Diagnostics.UserText.Quote(path)} cannot be written by user {Environment.UserName}: {failure.Message}",
                failure);
        }
    }
}
