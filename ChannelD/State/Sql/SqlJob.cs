using System.Data.Common;

namespace ChannelD.State.Sql;

/// <summary>An operation on its way to a thread of <see cref="SqlThreads"/>. It is begun or withdrawn, never both.</summary>
internal abstract class SqlJob
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Withdrawn = 2;

    private int _state = Waiting;

    /// <summary>The thread takes it; false if it was withdrawn.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Whoever asked gives it up; false if it has begun and so may happen.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) != Begun;

    /// <summary>Runs it.</summary>
    /// <returns>False if it failed, and with it perhaps the connection.</returns>
    public abstract bool Run(DbConnection connection);

    /// <summary>It cannot be run.</summary>
    public abstract void Fail(StateStoreException exception);
}
