using System.Runtime.Serialization;

namespace Shared.Protocol.Wire;

/// <summary>How frames are written (<c>Ipc:Wire</c>).</summary>
public enum WireFormat
{
    /// <summary>The full protocol, in MessagePack. The default.</summary>
    [EnumMember(Value = "msgpack")]
    MessagePack = 1,

    /// <summary>One line of text a frame, for C programs of the old shape.</summary>
    Text,

    /// <summary>A fixed C struct a frame, with a request id and a user id.</summary>
    Struct,
}
