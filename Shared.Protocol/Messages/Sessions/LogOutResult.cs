using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Sessions;

/// <summary>The character has left, or was not there.</summary>
/// <param name="WasThere">Whether there was such a session.</param>
public readonly record struct LogOutResult(bool WasThere) : IWireMessage<LogOutResult>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.LogOutResult;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(TypeNumber);
        writer.Write(WasThere);
    }

    /// <inheritdoc/>
    public static LogOutResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        bool wasThere = fields.Next() && reader.ReadBoolean();
        fields.End(ref reader);
        return new LogOutResult(wasThere);
    }
}
