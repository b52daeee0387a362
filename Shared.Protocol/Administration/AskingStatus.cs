namespace Shared.Protocol.Administration;

/// <summary>What a chatD has asked and not got.</summary>
/// <param name="InFlight">Requests that have not ended, those that wait here among them.</param>
/// <param name="Pending">Requests that wait here for room in the queue.</param>
/// <param name="WindowBytes">Bytes of unanswered requests that may be in the queue.</param>
/// <param name="UsedBytes">Bytes of that window used by requests in flight.</param>
/// <param name="OwedBytes">Bytes of that window owed by ended requests that may still lie in the queue.</param>
public sealed record AskingStatus(int InFlight, int Pending, long WindowBytes, long UsedBytes, long OwedBytes);
