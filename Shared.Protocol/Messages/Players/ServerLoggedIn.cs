using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>
/// The log-in succeeded. On a resume, the results that the client has not yet received follow, in the order of their lines, and behind them the
/// events, in the order of their numbers.
/// </summary>
/// <param name="SessionId">The session's number at this chatD.</param>
/// <param name="Name">The character's name as the server holds it.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Map">The map.</param>
/// <param name="Text">A line of greeting in the session's language.</param>
/// <param name="ResumeWindowMs">
/// How long after a loss of the connection the session can be resumed, in milliseconds; 0 where it ends with its connection.
/// </param>
/// <param name="IsResumed">Whether this is the session that the client had before, and not a new one.</param>
/// <param name="LastReceivedLineId">The last line that chatD has taken in this session; those behind it never arrived.</param>
/// <param name="LastLostLineId">
/// Results up to this line are no longer kept: how those lines ended that the client has no result of is unknown. 0 where none is lost.
/// </param>
/// <param name="LastLostEventNumber">
/// Of the events up to this number not all are kept: those that the client has not, and that do not follow, are lost. 0 where none is.
/// </param>
public readonly record struct ServerLoggedIn(
    int SessionId,
    string Name,
    int Channel,
    string Map,
    string Text,
    int ResumeWindowMs = 0,
    bool IsResumed = false,
    ulong LastReceivedLineId = 0,
    ulong LastLostLineId = 0,
    ulong LastLostEventNumber = 0)
    : IWireMessage<ServerLoggedIn>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerLoggedIn;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(11);
        writer.Write(TypeNumber);
        writer.Write(SessionId);
        writer.Write(Name);
        writer.Write(Channel);
        writer.Write(Map);
        writer.Write(Text);
        writer.Write(ResumeWindowMs);
        writer.Write(IsResumed);
        writer.Write(LastReceivedLineId);
        writer.Write(LastLostLineId);
        writer.Write(LastLostEventNumber);
    }

    /// <inheritdoc/>
    public static ServerLoggedIn Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int sessionId = fields.NextInt32(ref reader);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        int resumeWindowMs = fields.NextInt32(ref reader);
        bool isResumed = fields.Next() && reader.ReadBoolean();
        ulong lastReceivedLineId = fields.NextUInt64(ref reader);
        ulong lastLostLineId = fields.NextUInt64(ref reader);
        ulong lastLostEventNumber = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new ServerLoggedIn(
            sessionId, name, channel, map, text, resumeWindowMs, isResumed, lastReceivedLineId, lastLostLineId, lastLostEventNumber);
    }
}
