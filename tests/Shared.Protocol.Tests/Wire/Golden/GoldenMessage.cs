using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.Golden;

/// <inheritdoc cref="IGoldenMessage"/>
public sealed class GoldenMessage<T>(T message, string goldenHex) : IGoldenMessage
    where T : IWireMessage<T>
{
    public string Name => typeof(T).Name;

    public int TypeNumber => T.TypeNumber;

    public byte[] GoldenBytes => Convert.FromHexString(goldenHex.Replace(" ", string.Empty, StringComparison.Ordinal));

    public byte[] Write() => Write(message);

    public byte[] ReadAndWriteAgain(ReadOnlySpan<byte> message)
    {
        var reader = new MessagePackReader(message);
        T read = T.Read(ref reader);
        Assert.True(reader.End, "The message was not read to its end.");
        return Write(read);
    }

    private static byte[] Write(in T message)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        message.Write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
