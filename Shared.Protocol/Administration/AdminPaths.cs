namespace Shared.Protocol.Administration;

/// <summary>The paths of the administration endpoint. Reading ones are asked for by GET, changing ones by POST. Part of the contract with programs: never changed.</summary>
public static class AdminPaths
{
    /// <summary>GET, both daemons: <see cref="DaemonStatus"/>.</summary>
    public const string Status = "/v1/status";

    /// <summary>GET, both daemons: <see cref="MetricsAnswer"/>.</summary>
    public const string Metrics = "/v1/metrics";

    /// <summary>GET, <c>?limit=N</c>: <see cref="SessionsAnswer"/> from chatD, <see cref="CharactersAnswer"/> from channelD.</summary>
    public const string Who = "/v1/who";

    /// <summary>GET, <c>?name=NAME</c>, channelD: <see cref="FindAnswer"/>.</summary>
    public const string Find = "/v1/find";

    /// <summary>POST <see cref="DrainRequest"/>, both daemons: <see cref="DrainAnswer"/>.</summary>
    public const string Drain = "/v1/drain";

    /// <summary>POST <see cref="KickRequest"/>, chatD: <see cref="KickAnswer"/>.</summary>
    public const string Kick = "/v1/kick";

    /// <summary>POST <see cref="MuteRequest"/>, channelD: <see cref="MuteAnswer"/>.</summary>
    public const string Mute = "/v1/mute";

    /// <summary>POST <see cref="UnmuteRequest"/>, channelD: <see cref="MuteAnswer"/>.</summary>
    public const string Unmute = "/v1/unmute";

    /// <summary>POST <see cref="TraceRequest"/>, channelD: <see cref="TraceLine"/>, one JSON object a line, until somebody ends it.</summary>
    public const string Trace = "/v1/trace";
}
