namespace Measuring;

/// <summary>The middle of several rounds: one that something else on the machine disturbed does not move it.</summary>
public static class Medians
{
    /// <summary>The median of a figure over rounds; NaN where there is none.</summary>
    public static double Of<T>(IEnumerable<T> rounds, Func<T, double> figure) => Middle([.. rounds.Select(figure).Order()]);

    /// <summary>The middle of what is in order; of an even number, the mean of the two in the middle; NaN where there is none.</summary>
    public static double Middle(IReadOnlyList<double> ordered) =>
        ordered.Count == 0 ? double.NaN : (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
}
