namespace ChatD.Connections;

/// <summary>A connection that the <see cref="ConnectionWatch"/> looks after.</summary>
internal interface IWatched
{
    /// <summary>Looks at its deadlines. Must not wait.</summary>
    /// <param name="nowNs">The time, in nanoseconds of the monotonic clock.</param>
    void Check(long nowNs);
}
