using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Events;

/// <summary>What a chatD has to know of a session has changed. In the same stream as the events.</summary>
/// <param name="Number">Its number in the stream; see <see cref="GameEvent"/>.</param>
/// <param name="UserId">The session.</param>
/// <param name="BlockedKeys">The name keys of all whom its player blocks.</param>
/// <param name="ChatGeneration">The run of chatD that it is for; see <see cref="GameEvent"/>.</param>
public readonly record struct SessionUpdate(ulong Number, int UserId, IReadOnlyList<string> BlockedKeys, ulong ChatGeneration) : IWireMessage<SessionUpdate>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.SessionUpdate;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(5);
        writer.Write(TypeNumber);
        writer.Write(Number);
        writer.Write(UserId);
        writer.WriteStrings(BlockedKeys);
        writer.Write(ChatGeneration);
    }

    /// <inheritdoc/>
    public static SessionUpdate Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        ulong number = fields.NextUInt64(ref reader);
        int userId = fields.NextInt32(ref reader);
        IReadOnlyList<string> blockedKeys = fields.NextStrings(ref reader);
        ulong chatGeneration = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new SessionUpdate(number, userId, blockedKeys, chatGeneration);
    }
}
