namespace Shared.Protocol.Transport.SysV;

/// <summary>A queue that was opened.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsNew">Whether this call made it.</param>
/// <param name="CapacityBytes">How many bytes it holds (<c>msg_qbytes</c>).</param>
internal readonly record struct SysVOpenedQueue(int Id, bool IsNew, long CapacityBytes);
