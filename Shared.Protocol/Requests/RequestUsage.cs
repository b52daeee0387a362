namespace Shared.Protocol.Requests;

/// <summary>What a <see cref="RequestClient"/> has in use at one moment.</summary>
/// <param name="WindowBytes">Bytes of unanswered requests that may be out at once.</param>
/// <param name="UsedBytes">Bytes of requests in flight.</param>
/// <param name="OwedBytes">Bytes of requests that ended without an answer, and may still lie in the mailbox.</param>
/// <param name="PendingCount">Requests that wait here for room.</param>
internal sealed record RequestUsage(long WindowBytes, long UsedBytes, long OwedBytes, int PendingCount);
