using IpcBench.Mechanisms;
using IpcBench.Running;

namespace IpcBench.Reporting;

/// <summary>One side of one mechanism under one load.</summary>
/// <param name="Mechanism">The mechanism's id.</param>
/// <param name="Title">What people read.</param>
/// <param name="Side">Whose code.</param>
/// <param name="SizeBytes">The bytes of a request, and of its result.</param>
/// <param name="InFlight">How many were to be in flight.</param>
/// <param name="Median">The median over runs of each figure.</param>
/// <param name="OverC">Over the C program; null where there is none.</param>
/// <param name="OverDotNet">The library over C# on the bare mechanism; null for other sides.</param>
/// <param name="Runs">Each run.</param>
internal sealed record ReportRow(
    string Mechanism, string Title, Side Side, int SizeBytes, int InFlight, Sample Median, Ratio? OverC, Ratio? OverDotNet, IReadOnlyList<Sample> Runs);
