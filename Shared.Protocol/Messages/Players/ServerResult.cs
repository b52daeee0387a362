using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>How one line ended. There is exactly one for each line.</summary>
/// <param name="LineId">The client's number of the line.</param>
/// <param name="RequestId">chatD's id of the request; 0 where none was made.</param>
/// <param name="Command">The command's id; empty where the line names none.</param>
/// <param name="Outcome">How the request ended.</param>
/// <param name="Code">The code of the answer.</param>
/// <param name="Text">The answer in the session's language.</param>
/// <param name="Arguments">What fills the text's places, in order.</param>
public readonly record struct ServerResult(
    ulong LineId, ulong RequestId, string Command, OutcomeKind Outcome, string Code, string Text, IReadOnlyList<string> Arguments)
    : IWireMessage<ServerResult>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerResult;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(8);
        writer.Write(TypeNumber);
        writer.Write(LineId);
        writer.Write(RequestId);
        writer.Write(Command);
        writer.Write((int)Outcome);
        writer.Write(Code);
        writer.Write(Text);
        writer.WriteStrings(Arguments);
    }

    /// <inheritdoc/>
    public static ServerResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        ulong lineId = fields.NextUInt64(ref reader);
        ulong requestId = fields.NextUInt64(ref reader);
        string command = fields.NextRecurringString(ref reader);
        OutcomeKind outcome = fields.Next() ? (OutcomeKind)reader.ReadInt32() : OutcomeKind.Unknown;
        string code = fields.NextRecurringString(ref reader);
        string text = fields.NextString(ref reader);
        IReadOnlyList<string> arguments = fields.NextStrings(ref reader);
        fields.End(ref reader);
        if (outcome is < OutcomeKind.Ok or > OutcomeKind.Unknown)
        {
            throw new MessagePackSerializationException($"{(int)outcome} is no outcome.");
        }

        return new ServerResult(lineId, requestId, command, outcome, code, text, arguments);
    }
}
