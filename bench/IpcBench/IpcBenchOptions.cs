using IpcBench.Exchanging;
using IpcBench.Mechanisms;

namespace IpcBench;

/// <summary>What to measure.</summary>
/// <param name="Mechanisms">The ids of mechanisms.</param>
/// <param name="SizesBytes">The bytes of a request, and of its result.</param>
/// <param name="InFlight">How many requests are unanswered at a time.</param>
/// <param name="Seconds">How long each measurement counts, in seconds.</param>
/// <param name="Runs">How often each is measured, in turn.</param>
/// <param name="WarmUpSeconds">How long each side of .NET runs at two loads before the first measurement, in seconds: code is compiled again with what was learnt of its first runs.</param>
internal sealed record IpcBenchOptions(
    IReadOnlyList<string> Mechanisms, IReadOnlyList<int> SizesBytes, IReadOnlyList<int> InFlight, double Seconds, int Runs, double WarmUpSeconds)
{
    /// <summary>All combinations of size and number in flight.</summary>
    internal IReadOnlyList<Load> Loads { get; } =
        [.. SizesBytes.SelectMany(size => InFlight.Select(inFlight => new Load(size, inFlight, Seconds)))];

    /// <summary>The mechanisms, with the library's own on top of them.</summary>
    internal IReadOnlyList<Mechanism> ChosenMechanisms { get; } = [.. MechanismCatalogue.All.Where(mechanism => Mechanisms.Contains(mechanism.Id))];

    /// <summary>How many measurements that makes.</summary>
    internal int CountSteps(bool hasC) => Loads.Count * Runs * ChosenMechanisms.Sum(mechanism => hasC && mechanism.HasC ? 2 : 1);
}
