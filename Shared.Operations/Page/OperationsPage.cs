using System.Globalization;
using Shared.Operations.Endpoint;
using Shared.Operations.Page.History;

namespace Shared.Operations.Page;

/// <summary>The operations page of a daemon, and what it draws. Safe on every thread.</summary>
internal sealed class OperationsPage(DaemonIdentity identity, MetricHistory history, ReadinessLook readiness)
{
    private const string Json = "application/json; charset=utf-8";
    private const string StatsPath = "/stats";

    /// <summary>What the page shows, by the names of <c>/metrics</c>.</summary>
    public static IReadOnlyList<HistoryMetric> Metrics { get; } =
    [
        new("chatd_lines_total", By: "outcome"),
        new("ipc_request_duration_seconds", Only: "request=\"command\""),
        new("ipc_requests_in_flight"),
        new("ipc_requests_pending"),
        new("ipc_requests_window_bytes"),
        new("ipc_requests_credit_bytes", By: "state"),
        new("ipc_queue_depth", By: "queue"),
        new("ipc_queue_size_bytes", By: "queue"),
        new("ipc_queue_capacity_bytes", By: "queue"),
        new("chatd_sessions"),
        new("chatd_sessions_detached"),
        new("chatd_channel_sessions", By: "channel"),
        new("ipc_link_up", By: "channeld"),
        new("ipc_link_answer_age_seconds", By: "channeld"),
    ];

    /// <summary>What is at a path; null where nothing of the page is.</summary>
    /// <param name="path">The path.</param>
    /// <param name="query">The query with its question mark, or empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<OperationsAnswer?> FindAsync(string path, string query, CancellationToken cancellationToken)
    {
        if (path != StatsPath)
        {
            return PageFiles.Find(path);
        }

        ReadinessView? view = await readiness.LookAsync(cancellationToken);
        return new OperationsAnswer(200, Json, StatsJson.Write(identity, history, history.Read(AfterOf(query)), view));
    }

    // "?after=NUMBER&of=GENERATION": of another run, or not to be read, everything is new.
    private long AfterOf(string query)
    {
        long after = 0;
        bool isOfThisRun = false;
        foreach (string part in query.TrimStart('?').Split('&'))
        {
            string[] pair = part.Split('=', 2);
            if (pair is ["after", var number])
            {
                _ = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out after);
            }
            else if (pair is ["of", var generation])
            {
                isOfThisRun = generation == history.Generation;
            }
        }

        return isOfThisRun ? after : 0;
    }
}
