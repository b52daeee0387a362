namespace Shared.Protocol.Requests;

/// <summary>The bounds of a <see cref="RequestServer"/>.</summary>
public sealed record RequestServerOptions
{
    /// <summary>How many results may wait here for room in their mailboxes; beyond that they are dropped and counted. Defaults to 65,536.</summary>
    public int MaxPending { get; init; } = 65_536;

    /// <summary>How many bytes of results may wait here. Defaults to 16 MiB.</summary>
    public long MaxPendingBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The largest result, in bytes; a larger one becomes the error <c>too_large</c>. Defaults to 1 MiB.</summary>
    public int MaxResultBytes { get; init; } = 1024 * 1024;
}
