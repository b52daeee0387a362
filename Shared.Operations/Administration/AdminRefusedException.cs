using Microsoft.AspNetCore.Http;
using Shared.Protocol.Administration;

namespace Shared.Operations.Administration;

/// <summary>A command cannot be done; whoever asked is told why.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="code">One of <see cref="AdminCodes"/>.</param>
/// <param name="text">Why, for a person.</param>
public sealed class AdminRefusedException(int status, string code, string text) : Exception(text)
{
    /// <summary>The status of HTTP.</summary>
    public int Status => status;

    /// <summary>One of <see cref="AdminCodes"/>.</summary>
    public string Code => code;

    /// <summary>What was asked is not valid.</summary>
    public static AdminRefusedException BadRequest(string text) => new(StatusCodes.Status400BadRequest, AdminCodes.BadRequest, text);

    /// <summary>There is nobody of that name.</summary>
    public static AdminRefusedException NotFound(string text) => new(StatusCodes.Status404NotFound, AdminCodes.NotFound, text);

    /// <summary>It cannot be done now.</summary>
    public static AdminRefusedException Unavailable(string text) => new(StatusCodes.Status409Conflict, AdminCodes.Unavailable, text);
}
