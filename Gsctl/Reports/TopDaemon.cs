using Shared.Protocol.Administration;

namespace Gsctl.Reports;

/// <summary>A daemon in <c>top</c>.</summary>
/// <param name="Name">Its name, e.g. <c>chatD 0</c>.</param>
/// <param name="State">What it does; see <see cref="Shared.Protocol.Administration.DaemonStates"/>.</param>
/// <param name="Ready">Whether it can do its work.</param>
/// <param name="Players">Its sessions or characters.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="Pending">Requests that wait for room in the queue; null in a channelD.</param>
/// <param name="WindowUsed">The part of its window in use, from 0 to 1; null in a channelD.</param>
/// <param name="RequestQueue">What waits for channelDs.</param>
/// <param name="ResultQueue">What waits for chatDs.</param>
internal sealed record TopDaemon(
    string Name,
    string State,
    bool Ready,
    int Players,
    int InFlight,
    int? Pending,
    double? WindowUsed,
    QueueStatus? RequestQueue,
    QueueStatus? ResultQueue);
