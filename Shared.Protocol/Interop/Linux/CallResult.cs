namespace Shared.Protocol.Interop.Linux;

/// <summary>What a system call returned.</summary>
/// <param name="Value">The call's own value: an id, a length, a count; -1 where it failed.</param>
/// <param name="Error">Why it failed; <see cref="Errno.None"/> where it did not.</param>
internal readonly record struct CallResult(int Value, Errno Error)
{
    /// <summary>Whether the call did what it was asked.</summary>
    internal bool Succeeded => Error == Errno.None;

    /// <summary>Takes a return value and the errno that was copied on the line after the call.</summary>
    internal static CallResult From(int value, int errno) => value == -1 ? new CallResult(-1, (Errno)errno) : new CallResult(value, Errno.None);

    /// <inheritdoc/>
    public override string ToString() => Succeeded ? $"{Value}" : ErrnoTable.Describe(Error);
}
