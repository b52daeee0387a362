namespace ChatClient.Conversation;

/// <summary>
/// How long to wait between attempts: each time about twice as long, up to a bound, and never the same for two clients, so that a server that
/// comes back is not met by all of them at once.
/// </summary>
internal sealed class BackOff
{
    /// <summary>The longest first wait.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _bound = First;

    /// <summary>Begins anew.</summary>
    public void Reset() => _bound = First;

    /// <summary>How long to wait before the next attempt: between half of the bound of this turn and all of it.</summary>
    public TimeSpan Next()
    {
#pragma warning disable CA5394 // Only spreads clients over time.
        TimeSpan wait = _bound * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
        _bound = _bound * 2 < Longest ? _bound * 2 : Longest;
        return wait;
    }
}
