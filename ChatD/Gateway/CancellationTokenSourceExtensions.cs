namespace ChatD.Gateway;

/// <summary>Cancelling where one stands.</summary>
internal static class CancellationTokenSourceExtensions
{
    /// <summary>
    /// Cancels on the caller's thread, with everything that follows from it. <see cref="CancellationTokenSource.CancelAsync"/> would wait for a
    /// thread of the pool, of which there may be none just when a session or chatD has to end; and what a session waits for ends inline
    /// everywhere else too.
    /// </summary>
    public static void CancelHere(this CancellationTokenSource source) => source.Cancel();
}
