namespace Gsctl.Reports;

/// <summary>The kernel's limits of message queues in this IPC namespace.</summary>
/// <param name="MaxMessageBytes"><c>kernel.msgmax</c>: the longest message.</param>
/// <param name="DefaultQueueBytes"><c>kernel.msgmnb</c>: how many bytes a new queue holds.</param>
/// <param name="MaxQueues"><c>kernel.msgmni</c>: how many queues there may be.</param>
internal sealed record QueueLimits(int MaxMessageBytes, int DefaultQueueBytes, int MaxQueues);
