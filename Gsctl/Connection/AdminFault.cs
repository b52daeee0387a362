namespace Gsctl.Connection;

/// <summary>A daemon could not be asked, or refused.</summary>
/// <param name="code">One of <see cref="Shared.Protocol.Administration.AdminCodes"/> where it refused; null where it could not be reached.</param>
/// <param name="message">Why.</param>
internal sealed class AdminFault(string? code, string message) : Exception(message)
{
    /// <summary>Why it refused; null where it could not be reached.</summary>
    public string? Code => code;
}
