using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>What a command came to: a code and what fills its text. The text itself is made by whoever shows it, in the player's language.</summary>
/// <param name="Command">The command's id, for example <c>find</c>; empty where the line names none.</param>
/// <param name="Code">The code of the answer, for example <c>same_map</c>.</param>
/// <param name="Arguments">What fills the places of the code's text, in order.</param>
/// <param name="Text">The text, ready made; only on wires for C programs, null otherwise.</param>
public readonly record struct CommandResult(string Command, string Code, IReadOnlyList<string> Arguments, string? Text)
    : IWireMessage<CommandResult>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.CommandResult;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(5);
        writer.Write(TypeNumber);
        writer.Write(Command);
        writer.Write(Code);
        writer.WriteStrings(Arguments);
        writer.Write(Text);
    }

    /// <inheritdoc/>
    public static CommandResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string command = fields.NextString(ref reader);
        string code = fields.NextString(ref reader);
        IReadOnlyList<string> arguments = fields.NextStrings(ref reader);
        string? text = fields.Next() ? reader.ReadString() : null;
        fields.End(ref reader);
        return new CommandResult(command, code, arguments, text);
    }
}
