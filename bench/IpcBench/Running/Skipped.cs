using IpcBench.Mechanisms;

namespace IpcBench.Running;

/// <summary>What is not in the report, or only in part.</summary>
/// <param name="Mechanism">The mechanism's id.</param>
/// <param name="Title">What people read.</param>
/// <param name="Side">Whose code.</param>
/// <param name="Reason">Why; and what helps, where something does.</param>
/// <param name="IsFailure">Whether something went wrong, rather than is not there.</param>
internal sealed record Skipped(string Mechanism, string Title, Side Side, string Reason, bool IsFailure);
