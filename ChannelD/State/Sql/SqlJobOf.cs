using System.Data.Common;

namespace ChannelD.State.Sql;

/// <summary>An operation with a result.</summary>
/// <param name="run">Runs it in a transaction; throws nothing but <see cref="StateStoreException"/>.</param>
internal sealed class SqlJobOf<T>(Func<DbConnection, T> run) : SqlJob
{
    // Whoever waits must not go on with its own business on the store's thread.
    private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its end.</summary>
    public Task<T> Ended => _ended.Task;

    public override bool Run(DbConnection connection)
    {
        try
        {
            _ended.SetResult(run(connection));
            return true;
        }
        catch (StateStoreException exception)
        {
            Fail(exception);
            return false;
        }
    }

    public override void Fail(StateStoreException exception)
    {
        _ended.SetException(exception);

        // Nobody may be waiting any more.
        _ = _ended.Task.Exception;
    }
}
