using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.MessagePack;

/// <summary>MessagePack in hexadecimal, with spaces where they help.</summary>
internal static class Hex
{
    internal delegate void Writing(ref MessagePackWriter writer);

    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal));

    internal static byte[] Written(Writing write)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    internal static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
