namespace Shared.Operations.Page;

/// <summary>That a daemon serves the operations page, and where it does without being told.</summary>
/// <param name="FirstPort">The loopback port of the daemon with the number 0; the others' follow.</param>
internal sealed record PageSettings(int FirstPort);
