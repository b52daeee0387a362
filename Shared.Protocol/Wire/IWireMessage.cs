using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <summary>
/// A body that can travel: a MessagePack array of its <see cref="TypeNumber"/> and its fields, in a fixed order.
/// New fields are added at the end only; a reader takes absent trailing fields as their default and skips those it does not know.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IWireMessage<TSelf>
    where TSelf : IWireMessage<TSelf>
{
    /// <summary>The number that names this type on the wire. Never changed, never reused; 0 is not valid.</summary>
    static abstract int TypeNumber { get; }

    /// <summary>Writes the whole array, its type number first.</summary>
    void Write(ref MessagePackWriter writer);

    /// <summary>Reads the whole array, its type number first.</summary>
    /// <exception cref="MessagePackSerializationException">The bytes are not such a message.</exception>
    static abstract TSelf Read(ref MessagePackReader reader);
}
