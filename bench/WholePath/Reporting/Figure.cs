using Measuring;

namespace WholePath.Reporting;

/// <summary>A figure over all rounds.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Rounds">Its value in each round.</param>
/// <param name="Goal">What its median may be at most; null where there is no goal.</param>
internal sealed record Figure(string Name, IReadOnlyList<double> Rounds, double? Goal = null)
{
    /// <summary>The median of the rounds.</summary>
    public double Median => Medians.Middle([.. Rounds.Order()]);

    /// <summary>The smallest.</summary>
    public double Least => Rounds.Min();

    /// <summary>The largest.</summary>
    public double Most => Rounds.Max();

    /// <summary>Whether the goal is reached; null where there is none.</summary>
    public bool? IsReached => Goal is { } goal ? Median <= goal : null;
}
