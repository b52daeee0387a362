namespace Gsctl.Live;

/// <summary>Which metrics tell of rates, and how they are read.</summary>
/// <param name="Counter">The metric that counts; a distribution's measurements count as well.</param>
/// <param name="Durations">The metric of how long it took; the same, or one that a daemon need not have.</param>
/// <param name="Label">The label that tells them apart.</param>
/// <param name="OutcomeLabel">The label that tells how it ended.</param>
/// <param name="IsFailure">Whether one of its values is a failure.</param>
internal sealed record RateSource(string Counter, string Durations, string Label, string OutcomeLabel, Func<string, bool> IsFailure)
{
    /// <summary>What chatDs ask, by kind of request: all the way there and back.</summary>
    public static RateSource Requests { get; } = new("ipc_request_duration_seconds", "ipc_request_duration_seconds", "request", "outcome", static outcome => outcome != "ok");

    /// <summary>What players type, by command: within channelD. Of its answers those are failures that say so of the server.</summary>
    public static RateSource Commands { get; } = new(
        "channeld_commands_total", "channeld_command_duration_seconds", "command", "code",
        static code => code is "internal" or "handler_timeout" or "overloaded" or "not_all_reached" or "state_unavailable" or "state_uncertain" or "rate_limited");
}
