namespace Gsctl.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="IsNumber">Whether it is set to the right.</param>
/// <param name="MinColumns">How far it may be cut where the table is too wide, in columns of the terminal; 0 for not at all.</param>
internal sealed record Column(string Title, bool IsNumber = false, int MinColumns = 0);
