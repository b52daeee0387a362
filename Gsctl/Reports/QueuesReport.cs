namespace Gsctl.Reports;

/// <summary>What <c>gsctl queues --json</c> prints.</summary>
/// <param name="Limits">The limits of this IPC namespace.</param>
/// <param name="Queues">The queues.</param>
internal sealed record QueuesReport(QueueLimits Limits, IReadOnlyList<QueueView> Queues);
