namespace Shared.Protocol.Requests;

/// <summary>
/// How several share a bounded room: each may take more as long as it then has no more than is left free. So one alone gets half of the whole, two get
/// a third each, and there is always some left for the next; nobody has to be counted beforehand.
/// </summary>
internal static class FairShare
{
    /// <summary>Whether one of them may take more.</summary>
    /// <param name="own">What it has.</param>
    /// <param name="more">What it wants besides.</param>
    /// <param name="total">What all have.</param>
    /// <param name="max">The whole.</param>
    public static bool Allows(long own, long more, long total, long max) => own + more <= max - total;
}
