using Shared.Protocol.Interop.Linux;

namespace Faults.Calls;

/// <summary>One call that fails once.</summary>
/// <param name="Kind">Which call.</param>
/// <param name="Error">With what.</param>
/// <param name="Nth">The how many-th of its kind.</param>
internal readonly record struct Case(CallKind Kind, Errno Error, int Nth)
{
    /// <summary>Each errno of each of the first calls of a kind.</summary>
    internal static IEnumerable<Case> All(CallKind kind, int calls) =>
        from nth in Enumerable.Range(1, calls)
        from error in CallErrors.Of(kind)
        select new Case(kind, error, nth);
}
