using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>What a handler answers with.</summary>
/// <typeparam name="T">The result's message.</typeparam>
public readonly record struct Reply<T>
    where T : IWireMessage<T>
{
    /// <summary>How the request ended.</summary>
    public required ResultStatus Status { get; init; }

    /// <summary>Why, unless it ended Ok.</summary>
    public string? Code { get; init; }

    /// <summary>The answer; needed with Ok, allowed with Error.</summary>
    public T? Message { get; init; }

    /// <summary>Whether <see cref="Message"/> is to be sent.</summary>
    public bool HasMessage { get; init; }

    /// <summary>Done.</summary>
    public static Reply<T> Ok(T message) => new() { Status = ResultStatus.Ok, Message = message, HasMessage = true };

    /// <summary>Run, and refused.</summary>
    public static Reply<T> Error(string code) => new() { Status = ResultStatus.Error, Code = code };

    /// <summary>Run, and refused with details.</summary>
    public static Reply<T> Error(string code, T details) => new() { Status = ResultStatus.Error, Code = code, Message = details, HasMessage = true };

    /// <summary>Surely not run.</summary>
    public static Reply<T> Busy(string code) => new() { Status = ResultStatus.Busy, Code = code };
}
