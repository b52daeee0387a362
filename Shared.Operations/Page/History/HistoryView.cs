namespace Shared.Operations.Page.History;

/// <summary>A part of the history.</summary>
/// <param name="Columns">What is kept, in the order of a row's values. A row may have fewer values than there are columns: later ones came later.</param>
/// <param name="First">The number of the first row; the numbers of the others follow without gaps.</param>
/// <param name="Rows">The rows, oldest first.</param>
internal readonly record struct HistoryView(IReadOnlyList<string> Columns, long First, IReadOnlyList<HistoryRow> Rows);
