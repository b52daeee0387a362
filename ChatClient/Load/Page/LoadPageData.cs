namespace ChatClient.Load.Page;

/// <summary>What the page draws.</summary>
/// <param name="Moments">The course of the load.</param>
/// <param name="Distributions">How long things took, by what it was: a kind of line, or <c>shown</c>.</param>
internal sealed record LoadPageData(IReadOnlyList<LoadMoment> Moments, IReadOnlyList<LoadDistribution> Distributions);
