using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>Something happened that the player did not ask for.</summary>
/// <param name="Code">What, as a code.</param>
/// <param name="Text">What, in the session's language.</param>
/// <param name="Arguments">What fills the text's places, in order.</param>
/// <param name="Room">Where it was said: one of <see cref="Events.Rooms"/>.</param>
/// <param name="Sender">The name of the character that said it; empty for what nobody said.</param>
/// <param name="Number">
/// Its number in the session, from 1 and without gaps: one that the client has is a repetition, and where one is left out events are lost. 0
/// from a server that does not number.
/// </param>
public readonly record struct ServerEvent(
    string Code, string Text, IReadOnlyList<string> Arguments, string Room = "", string Sender = "", ulong Number = 0) : IWireMessage<ServerEvent>
{
    /// <summary>
    /// How many bytes at the end of a frame are the number of an event that has one: always as many, so that a frame is made once and
    /// sent to everybody who reads the same language, each with a number of his own.
    /// </summary>
    public const int NumberBytes = sizeof(ulong);

    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerEvent;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(7);
        writer.Write(TypeNumber);
        writer.Write(Code);
        writer.Write(Text);
        writer.WriteStrings(Arguments);
        writer.Write(Room);
        writer.Write(Sender);
        if (Number == 0)
        {
            writer.Write(Number);
            return;
        }

        writer.WriteWholeUInt64(Number);
    }

    /// <inheritdoc/>
    public static ServerEvent Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string code = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        IReadOnlyList<string> arguments = fields.NextStrings(ref reader);
        string room = fields.NextString(ref reader);
        string sender = fields.NextString(ref reader);
        ulong number = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new ServerEvent(code, text, arguments, room, sender, number);
    }
}
