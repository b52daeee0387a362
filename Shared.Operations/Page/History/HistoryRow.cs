namespace Shared.Operations.Page.History;

/// <summary>What the columns held at a moment. Never changed once it is made.</summary>
/// <param name="TimeMs">The moment, in milliseconds of Unix time.</param>
/// <param name="Values">A value for each column that there was then; NaN where it had none.</param>
internal sealed record HistoryRow(long TimeMs, double[] Values);
