using System.Diagnostics.Metrics;
using ChatD.Connections;
using ChatD.Sessions;
using ChatD.Stays;
using Shared.Protocol.Requests;

namespace ChatD.Diagnostics;

/// <summary>What chatD counts about its players; the meter is <c>GameServers.ChatD</c>.</summary>
internal sealed class ChatMetrics : IDisposable
{
    // By their numbers. As texts, for a number would take memory each time.
    private static readonly string[] s_outcomes = ["none", "ok", "error", "busy", "unknown"];

    private readonly Meter _meter = new("GameServers.ChatD");
    private readonly Counter<long> _logIns;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _lines;
    private readonly Counter<long> _ends;

    /// <summary>Makes the meter.</summary>
    public ChatMetrics(SessionRegistry sessions, StayRegistry stays, LogInAdmission admission)
    {
        _logIns = _meter.CreateCounter<long>("chatd.logins", "{login}", "Players who have come in.");
        _resumes = _meter.CreateCounter<long>("chatd.resumes", "{resume}", "Sessions that went on over a new connection.");
        _lines = _meter.CreateCounter<long>("chatd.lines", "{line}", "Lines that were answered, by outcome.");
        _ends = _meter.CreateCounter<long>("chatd.connections.ended", "{connection}", "Connections that have ended, by reason.");
        _ = _meter.CreateObservableGauge("chatd.sessions", () => sessions.Count, "{session}", "Players who are there.");
        _ = _meter.CreateObservableGauge(
            "chatd.channel.sessions",
            () => sessions.CountByChannel().Select(channel => new Measurement<long>(channel.Value, new KeyValuePair<string, object?>("channel", channel.Key))),
            "{session}",
            "Players who are there, by the channel they are in or on the way to.");
        _ = _meter.CreateObservableGauge("chatd.logins.pending", () => admission.PendingCount, "{connection}", "Connections that are not logged in.");
        _ = _meter.CreateObservableGauge(
            "chatd.sessions.detached", () => stays.DetachedCount, "{session}", "Players whose connection is lost, and who may come back.");
    }

    /// <summary>A player has come in.</summary>
    public void CountLogIn() => _logIns.Add(1);

    /// <summary>A session goes on over a new connection.</summary>
    public void CountResume() => _resumes.Add(1);

    /// <summary>A line was answered.</summary>
    public void CountLine(OutcomeKind outcome)
    {
        if (_lines.Enabled)
        {
            _lines.Add(1, new KeyValuePair<string, object?>("outcome", s_outcomes[(int)outcome]));
        }
    }

    /// <summary>A connection has ended.</summary>
    public void CountEnd(EndReason reason)
    {
        if (_ends.Enabled)
        {
            _ends.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
