using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Sessions;

/// <summary>The character is in the game.</summary>
/// <param name="Name">The name as the directory holds it (NFC).</param>
/// <param name="Channel">The channel entered.</param>
/// <param name="Map">The map entered.</param>
/// <param name="BlockedKeys">The name keys of all whom the player blocks; null for nobody.</param>
public readonly record struct LogInResult(string Name, int Channel, string Map, IReadOnlyList<string>? BlockedKeys = null) : IWireMessage<LogInResult>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.LogInResult;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(BlockedKeys is null ? 4 : 5);
        writer.Write(TypeNumber);
        writer.Write(Name);
        writer.Write(Channel);
        writer.Write(Map);
        if (BlockedKeys is not null)
        {
            writer.WriteStrings(BlockedKeys);
        }
    }

    /// <inheritdoc/>
    public static LogInResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        IReadOnlyList<string>? blockedKeys = fields.Next() ? reader.ReadStrings() : null;
        fields.End(ref reader);
        return new LogInResult(name, channel, map, blockedKeys);
    }
}
