using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Messages.CPrograms;

/// <summary>The codec of each wire. Codecs have no state; there is one of each.</summary>
public static class WireCodecs
{
    private static readonly MessagePackCodec s_messagePack = new();
    private static readonly TextCodec s_text = new();
    private static readonly StructCodec s_struct = new();

    /// <summary>The codec of a wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such wire.</exception>
    public static FrameCodec For(WireFormat format) => format switch
    {
        WireFormat.MessagePack => s_messagePack,
        WireFormat.Text => s_text,
        WireFormat.Struct => s_struct,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such wire."),
    };
}
