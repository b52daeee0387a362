namespace Faults.Checker.History;

/// <summary>A daemon was started, killed, stopped, paused or resumed.</summary>
/// <param name="AtNs">When; for a kill before it, for all others after it.</param>
/// <param name="Kind">Which daemon.</param>
/// <param name="Instance">Its number, from 0.</param>
/// <param name="Generation">Its run.</param>
/// <param name="Change">What became of it.</param>
public sealed record ProcessChanged(long AtNs, DaemonKind Kind, int Instance, ulong Generation, ProcessChange Change) : HistoryRecord(AtNs);
