using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using ChannelD.Diagnostics;
using ChannelD.State.Rules;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;

namespace ChannelD.State.Sql;

/// <summary>
/// A store of tables. Changes take one thread and one connection, so that they keep their order; what is only read takes others, and does not wait
/// for a change to reach the disk.
/// </summary>
public abstract class SqlStateStore : StateStore
{
    private const int WriterCapacity = 1024;
    private const int ReaderCapacity = 16_384;

    // As many as the contract has operations.
    private static readonly ConcurrentDictionary<string, string> s_names = new(StringComparer.Ordinal);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SqlThreads _writer;
    private readonly SqlThreads _readers;
    private int _isFailing;

    private protected SqlStateStore(int readers, TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _writer = new SqlThreads("state writer", 1, WriterCapacity, Open, Wrap);
        _readers = new SqlThreads("state reader", readers, ReaderCapacity, Open, Wrap);
    }

    /// <summary>Which database it is, as OpenTelemetry names it.</summary>
    private protected abstract string DatabaseSystem { get; }

    /// <summary>Whether it is on a server, and not in this process.</summary>
    private protected abstract bool IsRemote { get; }

    /// <summary>Opens a connection. Blocks; called by the store's own threads.</summary>
    private protected abstract DbConnection Open();

    /// <summary>Begins a transaction that sees one state of the store.</summary>
    private protected abstract void BeginRead(DbConnection connection);

    /// <summary>Begins a transaction that no other change comes between.</summary>
    private protected abstract void BeginWrite(DbConnection connection);

    private protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Both end at once; then each is waited for.
            _writer.Complete();
            _readers.Complete();
            _writer.Dispose();
            _readers.Dispose();
        }
    }

    private protected override ValueTask<T> ReadAsync<T>(Func<IStateTransaction, T> operation, CancellationToken cancellationToken, string name) =>
        WatchAsync(_readers, operation, isWrite: false, name, cancellationToken);

    private protected override ValueTask<T> WriteAsync<T>(Func<IStateTransaction, T> operation, CancellationToken cancellationToken, string name) =>
        WatchAsync(_writer, operation, isWrite: true, name, cancellationToken);

    private async ValueTask<T> WatchAsync<T>(
        SqlThreads threads, Func<IStateTransaction, T> operation, bool isWrite, string name, CancellationToken cancellationToken)
    {
        string label = NameOf(name);
        long beganAt = StateMetrics.IsTimed ? Stopwatch.GetTimestamp() : 0;
        Activity? span = ChannelTracing.BeginState(DatabaseSystem, label, IsRemote);
        string outcome = StateMetrics.Failed;
        try
        {
            T result = await RunAsync(threads, operation, isWrite, cancellationToken);
            outcome = StateMetrics.Done;
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = StateMetrics.Cancelled;
            throw;
        }
        finally
        {
            StateMetrics.Ended(label, outcome, beganAt);
            if (span is not null)
            {
                ChannelTracing.EndState(span, outcome);
            }
        }
    }

    private async ValueTask<T> RunAsync<T>(SqlThreads threads, Func<IStateTransaction, T> operation, bool isWrite, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new SqlJobOf<T>(connection => Execute(connection, operation, isWrite));
        if (!threads.TryAdd(job))
        {
            throw Note(new StateStoreException("More operations wait for it than may, or it is being closed."));
        }

        try
        {
            T result = await job.Ended.WaitAsync(TimeSpan.FromMilliseconds(DeadlineMs), _time, cancellationToken);
            if (Volatile.Read(ref _isFailing) != 0 && Interlocked.Exchange(ref _isFailing, 0) != 0)
            {
                ChannelLog.StateBack(_logger, Place);
            }

            return result;
        }
        catch (TimeoutException exception)
        {
            bool hasBegun = !job.TryWithdraw();
            throw Note(new StateStoreException($"It did not answer within {DeadlineMs} ms.", exception) { MayHaveHappened = isWrite && hasBegun });
        }
        catch (OperationCanceledException)
        {
            _ = job.TryWithdraw();
            throw;
        }
        catch (StateStoreException exception)
        {
            _ = Note(exception);
            throw;
        }
    }

    private T Execute<T>(DbConnection connection, Func<IStateTransaction, T> operation, bool isWrite)
    {
        bool isCommitting = false;
        try
        {
            if (isWrite)
            {
                BeginWrite(connection);
            }
            else
            {
                BeginRead(connection);
            }

            // Where something fails, the connection is closed, and with it the transaction is rolled back.
            var commands = new SqlCommands(connection);
            T result = operation(new SqlTransaction(commands));
            isCommitting = isWrite;
            commands.Run("COMMIT");
            return result;
        }
#pragma warning disable CA1031 // A driver's exceptions are of many kinds; each is the failure of this operation.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw Wrap(exception, isCommitting);
        }
    }

    private StateStoreException Wrap(Exception exception, bool mayHaveHappened) =>
        exception as StateStoreException
        ?? new StateStoreException(UserText.Escape(exception.Message), exception) { MayHaveHappened = mayHaveHappened };

    private static string NameOf(string method) => s_names.GetOrAdd(
        method, static name => name.EndsWith("Async", StringComparison.Ordinal) ? name[..^"Async".Length] : name);

    // The first failure of several tells it all.
    private StateStoreException Note(StateStoreException exception)
    {
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
        {
            ChannelLog.StateLost(_logger, Place, exception.Message);
        }

        return exception;
    }
}
