using Shared.Protocol.Administration;

namespace Shared.Operations.Administration;

/// <summary>Adds to a daemon's status what only this daemon has. Made once; called whenever somebody looks, on any thread, and must not wait.</summary>
public interface IStatusContributor
{
    /// <summary>The status with its part.</summary>
    DaemonStatus AddTo(DaemonStatus status);
}
