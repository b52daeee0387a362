namespace Shared.Protocol.Requests;

/// <summary>How a request ended, with what came of it.</summary>
/// <typeparam name="T">The result's message.</typeparam>
public readonly record struct Outcome<T>
{
    /// <summary>How it ended.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>The result; always there with Ok, with Error where the refusal has details, else default.</summary>
    public T? Result { get; init; }

    /// <summary>Whether <see cref="Result"/> was received.</summary>
    public bool HasResult { get; init; }

    /// <summary>Why, unless it ended Ok; null then. One of <see cref="OutcomeCodes"/> or the answering side's own.</summary>
    public string? Code { get; init; }

    /// <summary>The request's id; 0 where it was refused before it had one.</summary>
    public ulong RequestId { get; init; }
}
