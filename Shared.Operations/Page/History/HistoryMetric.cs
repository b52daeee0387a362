namespace Shared.Operations.Page.History;

/// <summary>A metric whose course is kept.</summary>
/// <param name="Name">Its name, as <c>/metrics</c> has it.</param>
/// <param name="By">The label whose values are kept apart; null to add all series up. A distribution has its buckets apart, and nothing else.</param>
/// <param name="Only">What the labels of a series have to hold to be counted, as <c>/metrics</c> writes them: <c>request="command"</c>; null for every series.</param>
internal sealed record HistoryMetric(string Name, string? By = null, string? Only = null);
