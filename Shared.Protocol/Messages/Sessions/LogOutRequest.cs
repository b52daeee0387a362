using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Sessions;

/// <summary>The session of the envelope's user id has ended; its character leaves the game.</summary>
public readonly record struct LogOutRequest : IWireMessage<LogOutRequest>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.LogOutRequest;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(1);
        writer.Write(TypeNumber);
    }

    /// <inheritdoc/>
    public static LogOutRequest Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        fields.End(ref reader);
        return new LogOutRequest();
    }
}
