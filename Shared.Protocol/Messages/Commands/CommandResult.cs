using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>What a command came to: a code and what fills its text. The text itself is made by whoever shows it, in the player's language.</summary>
/// <param name="Command">The command's id, for example <c>find</c>; empty where the line names none.</param>
/// <param name="Code">The code of the answer, for example <c>same_map</c>.</param>
/// <param name="Arguments">What fills the places of the code's text, in order.</param>
/// <param name="Text">The text, ready made; only on wires for C programs, null otherwise.</param>
/// <param name="TransferTo">
/// Not 0: the character is in transfer to this channel, which another channelD runs. The chatD logs the session in there, and then the answer
/// holds; where that fails, it logs it in here again.
/// </param>
/// <param name="TransferMap">With <paramref name="TransferTo"/> the map that the character enters there; null for the one that it entered first.</param>
public readonly record struct CommandResult(
    string Command, string Code, IReadOnlyList<string> Arguments, string? Text, int TransferTo = 0, string? TransferMap = null)
    : IWireMessage<CommandResult>, ITracedResult
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.CommandResult;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(TransferTo == 0 ? 5 : TransferMap is null ? 6 : 7);
        writer.Write(TypeNumber);
        writer.Write(Command);
        writer.Write(Code);
        writer.WriteStrings(Arguments);
        writer.Write(Text);
        if (TransferTo != 0)
        {
            writer.Write(TransferTo);
            if (TransferMap is not null)
            {
                writer.Write(TransferMap);
            }
        }
    }

    /// <inheritdoc/>
    public static CommandResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string command = fields.NextRecurringString(ref reader);
        string code = fields.NextRecurringString(ref reader);
        IReadOnlyList<string> arguments = fields.NextStrings(ref reader);
        string? text = fields.Next() ? reader.ReadString() : null;
        int transferTo = fields.NextInt32(ref reader);
        string? transferMap = fields.Next() ? reader.ReadString() : null;
        fields.End(ref reader);
        return new CommandResult(command, code, arguments, text, transferTo, transferMap);
    }
}
