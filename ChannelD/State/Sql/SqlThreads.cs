using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;

namespace ChannelD.State.Sql;

/// <summary>
/// Threads that run operations, each on a connection of its own, in the order in which they were given. A connection that failed is opened anew
/// for the next operation.
/// </summary>
internal sealed class SqlThreads : IDisposable
{
    // While a server is away, operations fail at once instead of each trying to reach it.
    private static readonly TimeSpan s_pauseAfterFailedOpen = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_endTime = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<SqlJob> _jobs;
    private readonly Thread[] _threads;
    private readonly Func<DbConnection> _open;
    private readonly Func<Exception, bool, StateStoreException> _wrap;
    private bool _hasEnded;

    /// <summary>Starts the threads; nothing is opened yet.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="count">How many.</param>
    /// <param name="capacity">How many operations may wait.</param>
    /// <param name="open">Opens a connection.</param>
    /// <param name="wrap">Makes the failure of an operation out of any exception, and of whether a change may have been made.</param>
    public SqlThreads(string name, int count, int capacity, Func<DbConnection> open, Func<Exception, bool, StateStoreException> wrap)
    {
        _jobs = new BlockingCollection<SqlJob>(capacity);
        _open = open;
        _wrap = wrap;
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Run) { Name = name, IsBackground = true })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Hands over an operation; false if too many wait, or after the end.</summary>
    public bool TryAdd(SqlJob job)
    {
        try
        {
            return _jobs.TryAdd(job);
        }
        catch (InvalidOperationException)
        {
            // No more are taken (or none ever again: ObjectDisposedException is one of these): the store is closed.
            return false;
        }
    }

    /// <summary>Takes no more operations; those handed over are run.</summary>
    public void Complete()
    {
        if (!_hasEnded)
        {
            _jobs.CompleteAdding();
        }
    }

    /// <summary>Runs what has been handed over, for two seconds at most, and closes the connections.</summary>
    public void Dispose()
    {
        if (_hasEnded)
        {
            return;
        }

        Complete();
        long beganAt = Stopwatch.GetTimestamp();
        bool haveEnded = true;
        foreach (Thread thread in _threads)
        {
            TimeSpan left = s_endTime - Stopwatch.GetElapsedTime(beganAt);
            haveEnded &= thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        // A thread that is still in a call to its driver goes with the process.
        if (haveEnded)
        {
            _hasEnded = true;
            _jobs.Dispose();
        }
    }

    private void Run()
    {
        DbConnection? connection = null;
        StateStoreException? notOpened = null;
        long failedAt = 0;
        try
        {
            foreach (SqlJob job in _jobs.GetConsumingEnumerable())
            {
                if (!job.TryBegin())
                {
                    continue;
                }

                if (connection is null && notOpened is not null && Stopwatch.GetElapsedTime(failedAt) < s_pauseAfterFailedOpen)
                {
                    job.Fail(notOpened);
                    continue;
                }

                connection ??= TryOpen(out notOpened);
                failedAt = Stopwatch.GetTimestamp();
                if (connection is null)
                {
                    job.Fail(notOpened!);
                }
                else if (!job.Run(connection))
                {
                    // Whatever it still held is given back with it.
                    connection.Dispose();
                    connection = null;
                }
            }
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private DbConnection? TryOpen(out StateStoreException? failure)
    {
        failure = null;
        try
        {
            return _open();
        }
#pragma warning disable CA1031 // A driver's exceptions are of many kinds; none may end the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = _wrap(exception, false);
            return null;
        }
    }
}
