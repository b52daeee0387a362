using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <summary>
/// The body of every result: <c>[status, code or nil, message or nil]</c>.
/// </summary>
/// <typeparam name="T">The message that the request is answered with.</typeparam>
/// <param name="Status">How the answering side ended the request.</param>
/// <param name="Code">Why, unless the status is <see cref="ResultStatus.Ok"/>; null then.</param>
/// <param name="Message">The answer. Always there with Ok; with Error where the refusal has details.</param>
/// <param name="HasMessage">Whether <paramref name="Message"/> was sent.</param>
public readonly record struct ResultBody<T>(ResultStatus Status, string? Code, T? Message, bool HasMessage)
    : IWireMessage<ResultBody<T>>
    where T : IWireMessage<T>
{
    /// <inheritdoc/>
    public static int TypeNumber => T.TypeNumber;

    /// <summary>Done.</summary>
    public static ResultBody<T> Ok(T message) => new(ResultStatus.Ok, Code: null, message, HasMessage: true);

    /// <summary>Run, and refused.</summary>
    public static ResultBody<T> Error(string code) => new(ResultStatus.Error, code, default, HasMessage: false);

    /// <summary>Surely not run.</summary>
    public static ResultBody<T> Busy(string code) => new(ResultStatus.Busy, code, default, HasMessage: false);

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write((int)Status);
        writer.Write(Code);
        if (HasMessage)
        {
            Message!.Write(ref writer);
        }
        else
        {
            writer.WriteNil();
        }
    }

    /// <inheritdoc/>
    public static ResultBody<T> Read(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count < 3)
        {
            throw new MessagePackSerializationException($"A result has 3 fields, {count} were found.");
        }

        var status = (ResultStatus)reader.ReadInt32();
        string? code = reader.ReadRecurringString();
        T? message = default;
        bool hasMessage = !reader.TryReadNil();
        if (hasMessage)
        {
            message = T.Read(ref reader);
        }

        for (int extra = 3; extra < count; extra++)
        {
            reader.Skip();
        }

        bool isSound = status switch
        {
            ResultStatus.Ok => hasMessage,
            ResultStatus.Error or ResultStatus.Busy => code is not null,
            _ => false,
        };
        return isSound
            ? new ResultBody<T>(status, code, message, hasMessage)
            : throw new MessagePackSerializationException($"A result of status {(int)status} lacks what it must have.");
    }
}
