namespace Shared.Protocol.Administration;

/// <summary>Why a request for administration is refused, as codes. Part of the contract with programs: never changed.</summary>
public static class AdminCodes
{
    /// <summary>403: the caller's user and groups may not administer this daemon.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>404: this daemon has no such path.</summary>
    public const string UnknownPath = "unknown_path";

    /// <summary>405: the path is asked for by another method.</summary>
    public const string WrongMethod = "wrong_method";

    /// <summary>400: a value is missing, or is not valid.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>413: the body is longer than it may be.</summary>
    public const string TooLarge = "too_large";

    /// <summary>408: the request took too long to arrive.</summary>
    public const string TooSlow = "too_slow";

    /// <summary>404: there is nobody of that name here.</summary>
    public const string NotFound = "not_found";

    /// <summary>409: the daemon cannot do that now.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>500: a fault; the daemon's log tells more.</summary>
    public const string Internal = "internal";
}
