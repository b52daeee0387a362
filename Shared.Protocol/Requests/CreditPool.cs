namespace Shared.Protocol.Requests;

/// <summary>
/// What this daemon may have in the queue in all, and what of it is out, over the windows of all mailboxes. Not safe for several threads: its owner's
/// lock guards it.
/// </summary>
/// <param name="windowBytes">How many bytes may be out at once.</param>
/// <param name="windowCount">How many frames may be out at once.</param>
internal sealed class CreditPool(long windowBytes, int windowCount)
{
    /// <summary>How many bytes may be out at once.</summary>
    public long WindowBytes { get; } = windowBytes;

    /// <summary>How many frames may be out at once.</summary>
    public int WindowCount { get; } = windowCount;

    /// <summary>How many bytes are out.</summary>
    public long OutBytes { get; set; }

    /// <summary>How many frames are out.</summary>
    public int OutCount { get; set; }

    /// <summary>How many mailboxes share it.</summary>
    public int WindowsInUse { get; set; }
}
