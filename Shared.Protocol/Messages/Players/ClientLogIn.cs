using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>The first frame of a client: who plays.</summary>
/// <param name="ProtocolVersion">The version of the player protocol; <see cref="PlayerProtocol.Version"/>.</param>
/// <param name="Name">The character's name.</param>
/// <param name="Channel">The channel to enter, from 1.</param>
/// <param name="Map">The map to enter.</param>
/// <param name="Language">The language of all texts of this session.</param>
/// <param name="ResumeToken">
/// The client's secret: with it a session of this name that has the same one is resumed; else the new session can be resumed by it. Null for
/// a session that ends with its connection.
/// </param>
/// <param name="LastAnsweredLineId">The line whose result the client has received last; 0 where there is none, and without a session to resume.</param>
/// <param name="Key">The secret by which a game master shows who he is; null for players.</param>
/// <param name="LastEventNumber">The number of the last event that the client has of the session that it wants to resume; 0 for none.</param>
public readonly record struct ClientLogIn(
    int ProtocolVersion,
    string Name,
    int Channel,
    string Map,
    Language Language,
    ResumeToken? ResumeToken = null,
    ulong LastAnsweredLineId = 0,
    string? Key = null,
    ulong LastEventNumber = 0)
    : IWireMessage<ClientLogIn>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ClientLogIn;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(LastEventNumber > 0 ? 10 : Key is null ? 8 : 9);
        writer.Write(TypeNumber);
        writer.Write(ProtocolVersion);
        writer.Write(Name);
        writer.Write(Channel);
        writer.Write(Map);
        writer.Write((int)Language);
        ResumeToken.Write(ref writer, ResumeToken);
        writer.Write(LastAnsweredLineId);
        if (Key is not null || LastEventNumber > 0)
        {
            writer.Write(Key);
        }

        if (LastEventNumber > 0)
        {
            writer.Write(LastEventNumber);
        }
    }

    /// <inheritdoc/>
    public static ClientLogIn Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int protocolVersion = fields.NextInt32(ref reader);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        // A language that this version does not have is served in the default one.
        Language language = fields.NextInt32(ref reader) == (int)Language.English ? Language.English : Language.Korean;
        ResumeToken? resumeToken = fields.Next() ? ResumeToken.Read(ref reader) : null;
        ulong lastAnsweredLineId = fields.NextUInt64(ref reader);
        string? key = fields.Next() ? reader.ReadString() : null;
        ulong lastEventNumber = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new ClientLogIn(protocolVersion, name, channel, map, language, resumeToken, lastAnsweredLineId, key, lastEventNumber);
    }
}
