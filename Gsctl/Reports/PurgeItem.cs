namespace Gsctl.Reports;

/// <summary>Something that a daemon has left behind.</summary>
/// <param name="Kind"><c>queue</c>, <c>semaphores</c>, <c>socket</c> or <c>beacon</c>.</param>
/// <param name="What">Which: key and id, or path.</param>
/// <param name="Outcome"><c>stale</c> (would be removed), <c>removed</c>, <c>kept</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it is kept, or why it failed; null otherwise.</param>
internal sealed record PurgeItem(string Kind, string What, string Outcome, string? Reason = null);
