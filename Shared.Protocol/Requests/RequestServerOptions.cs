namespace Shared.Protocol.Requests;

/// <summary>The bounds of a <see cref="RequestServer"/>.</summary>
public sealed record RequestServerOptions
{
    /// <summary>
    /// How many results may wait here for room in their mailboxes, half of them for one mailbox (<see cref="FairShare"/>); beyond that they are dropped
    /// and counted. Defaults to 65,536.
    /// </summary>
    public int MaxPending { get; init; } = 65_536;

    /// <summary>How many bytes of results may wait here. Defaults to 16 MiB.</summary>
    public long MaxPendingBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The largest result, in bytes; a larger one becomes the error <c>too_large</c>. Defaults to 1 MiB.</summary>
    public int MaxResultBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// How long a handler may run or wait before its request is answered with the error <c>handler_timeout</c>, in milliseconds, at least 4.
    /// Defaults to 2000.
    /// </summary>
    public int HandlerTimeoutMs { get; init; } = 2000;

    /// <summary>
    /// How many handlers may wait, counting those that were answered for and still go on. Beyond it, requests of a type whose handler waits are Busy;
    /// and when as many were answered for and do not end, the server fails. Defaults to 4096.
    /// </summary>
    public int MaxWaiting { get; init; } = 4096;

    /// <summary>
    /// How many threads may be lost to handlers that do not return before the server fails. One that loops takes a processor for ever, and no
    /// thread can be ended from outside; so few are borne, and those for the sake of handlers that do return, late. Defaults to 3.
    /// </summary>
    public int MaxStuckThreads { get; init; } = 3;
}
