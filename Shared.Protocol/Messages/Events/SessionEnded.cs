using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Events;

/// <summary>A channelD has ended a session: its character is out of the game, and the player is to be told why. In the same stream as the events.</summary>
/// <param name="Number">Its number in the stream; see <see cref="GameEvent"/>.</param>
/// <param name="UserId">The session.</param>
/// <param name="Code">Why, for example <c>name_taken</c>.</param>
/// <param name="ChatGeneration">The run of chatD that it is for; see <see cref="GameEvent"/>.</param>
public readonly record struct SessionEnded(ulong Number, int UserId, string Code, ulong ChatGeneration) : IWireMessage<SessionEnded>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.SessionEnded;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(5);
        writer.Write(TypeNumber);
        writer.Write(Number);
        writer.Write(UserId);
        writer.Write(Code);
        writer.Write(ChatGeneration);
    }

    /// <inheritdoc/>
    public static SessionEnded Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        ulong number = fields.NextUInt64(ref reader);
        int userId = fields.NextInt32(ref reader);
        string code = fields.NextString(ref reader);
        ulong chatGeneration = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new SessionEnded(number, userId, code, chatGeneration);
    }
}
