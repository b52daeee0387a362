namespace WholePath.Reporting;

/// <summary>What one measurement found.</summary>
/// <param name="Id">The measurement's name on the command line.</param>
/// <param name="Title">What was measured, and how often.</param>
/// <param name="Figures">The figures.</param>
internal sealed record Section(string Id, string Title, IReadOnlyList<Figure> Figures);
