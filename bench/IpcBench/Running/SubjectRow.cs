using IpcBench.Mechanisms;

namespace IpcBench.Running;

/// <summary>All runs of one side under one load.</summary>
/// <param name="Mechanism">The mechanism's id.</param>
/// <param name="Title">What people read.</param>
/// <param name="Side">Whose code.</param>
/// <param name="SizeBytes">The bytes of a request, and of its result.</param>
/// <param name="InFlight">How many were to be in flight.</param>
/// <param name="Runs">One measurement a run; in the order of the runs, so that those of one mechanism can be compared one by one.</param>
internal sealed record SubjectRow(string Mechanism, string Title, Side Side, int SizeBytes, int InFlight, List<Sample> Runs);
