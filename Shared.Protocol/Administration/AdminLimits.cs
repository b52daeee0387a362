namespace Shared.Protocol.Administration;

/// <summary>The bounds of the administration endpoint.</summary>
public static class AdminLimits
{
    /// <summary>The longest body of a request, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    /// <summary>How many sessions or characters <c>who</c> tells of where nobody says how many.</summary>
    public const int DefaultWho = 1000;

    /// <summary>The most that it tells of.</summary>
    public const int MaxWho = 100_000;

    /// <summary>The longest reason of a kick, in UTF-16 units.</summary>
    public const int MaxReasonChars = 100;

    /// <summary>How many operators may trace at one channelD at once.</summary>
    public const int MaxTraces = 16;
}
