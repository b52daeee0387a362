namespace Gsctl.Purging;

/// <summary>A file that a daemon has left behind.</summary>
/// <param name="Kind"><c>socket</c>, <c>beacon</c> or <c>ring</c>.</param>
/// <param name="Path">Its path.</param>
internal sealed record LeftFile(string Kind, string Path);
