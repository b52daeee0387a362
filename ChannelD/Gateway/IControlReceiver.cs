using Shared.Protocol.Wire;

namespace ChannelD.Gateway;

/// <summary>Takes control frames of some types.</summary>
internal interface IControlReceiver
{
    /// <summary>A frame of a process that names its generation. Called on the reading thread, one call at a time; must not wait.</summary>
    /// <param name="envelope">Its envelope.</param>
    /// <param name="body">Its body, valid during the call only; of a type that the receiver was registered for, but not looked at.</param>
    /// <exception cref="Shared.Protocol.Wire.MessagePack.MessagePackSerializationException">It is not such a message; it is dropped and logged.</exception>
    void OnFrame(in Envelope envelope, ReadOnlySpan<byte> body);

    /// <summary>The mailbox was lost and found anew; see <see cref="Shared.Protocol.Transport.IFrameReceiver.OnReset"/>.</summary>
    void OnReset()
    {
    }
}
