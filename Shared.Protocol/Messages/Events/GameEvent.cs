using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Events;

/// <summary>
/// Something that players are to be shown, for those of one chatD: one frame, however many they are. Like a result it carries a code and what
/// fills its sentence; the text is made by chatD, in each player's language.
/// </summary>
/// <param name="Number">Its number in the stream of this channelD's run to this chatD's run, from 1 and without gaps: a gap is a loss.</param>
/// <param name="DeliveryId">Not 0: a <see cref="DeliveryReport"/> with this id is wanted from the one recipient's chatD.</param>
/// <param name="Room">Where it was said: one of <see cref="Rooms"/>.</param>
/// <param name="Command">The id of the command whose texts have the code.</param>
/// <param name="Code">What, as a code.</param>
/// <param name="Arguments">What fills the places of the code's text, in order.</param>
/// <param name="Sender">The name of the character that said it; empty for what nobody said. Whoever blocks that character does not get it.</param>
/// <param name="Audience">Who gets it.</param>
/// <param name="UserIds">The sessions, with <see cref="EventAudience.Sessions"/>; otherwise empty.</param>
/// <param name="ChatGeneration">The run of chatD that it is for: one that finds it in the mailbox of the run before drops it.</param>
public readonly record struct GameEvent(
    ulong Number,
    ulong DeliveryId,
    string Room,
    string Command,
    string Code,
    IReadOnlyList<string> Arguments,
    string Sender,
    EventAudience Audience,
    IReadOnlyList<int> UserIds,
    ulong ChatGeneration) : IWireMessage<GameEvent>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.GameEvent;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(11);
        writer.Write(TypeNumber);
        writer.Write(Number);
        writer.Write(DeliveryId);
        writer.Write(Room);
        writer.Write(Command);
        writer.Write(Code);
        writer.WriteStrings(Arguments);
        writer.Write(Sender);
        writer.Write((int)Audience);
        writer.WriteInt32s(UserIds);
        writer.Write(ChatGeneration);
    }

    /// <inheritdoc/>
    public static GameEvent Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        ulong number = fields.NextUInt64(ref reader);
        ulong deliveryId = fields.NextUInt64(ref reader);
        string room = fields.NextString(ref reader);
        string command = fields.NextString(ref reader);
        string code = fields.NextString(ref reader);
        IReadOnlyList<string> arguments = fields.NextStrings(ref reader);
        string sender = fields.NextString(ref reader);
        var audience = (EventAudience)fields.NextInt32(ref reader);
        IReadOnlyList<int> userIds = fields.NextInt32s(ref reader);
        ulong chatGeneration = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new GameEvent(number, deliveryId, room, command, code, arguments, sender, audience, userIds, chatGeneration);
    }
}
