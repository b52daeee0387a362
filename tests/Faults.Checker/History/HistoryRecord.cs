using System.Text.Json.Serialization;

namespace Faults.Checker.History;

/// <summary>One thing that happened in a run. As JSON it is one object on one line, told by its <c>type</c>.</summary>
/// <param name="AtNs">When, in nanoseconds of the monotonic clock that all writers of one history share.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Executed), "executed")]
[JsonDerivedType(typeof(ProcessChanged), "process")]
[JsonDerivedType(typeof(FaultChanged), "fault")]
[JsonDerivedType(typeof(Recovered), "recovered")]
[JsonDerivedType(typeof(DepthSampled), "depth")]
[JsonDerivedType(typeof(GrowthSampled), "growth")]
public abstract record HistoryRecord(long AtNs);
