namespace Gsctl;

/// <summary>gsctl cannot do what it was asked for; the message tells a person what to do.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">Why not.</param>
internal sealed class GsctlException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode => exitCode;
}
