namespace Faults.Checker;

/// <summary>Something that must never happen.</summary>
/// <param name="Invariant">The rule that it breaks.</param>
/// <param name="AtNs">When it showed.</param>
/// <param name="Text">What it is, for a reader.</param>
public readonly record struct Violation(string Invariant, long AtNs, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"[{Invariant}] at {AtNs} ns: {Text}";
}
