namespace Shared.Protocol.Tests.Wire.Golden;

/// <summary>A message with the bytes that it has had since its type was first released.</summary>
public interface IGoldenMessage
{
    /// <summary>The name of the message's type.</summary>
    string Name { get; }

    /// <summary>The message's type number as the code has it.</summary>
    int TypeNumber { get; }

    /// <summary>The frozen bytes.</summary>
    byte[] GoldenBytes { get; }

    /// <summary>The bytes that the code writes now.</summary>
    byte[] Write();

    /// <summary>Reads a message of this type, checks that nothing is left, and writes what was read.</summary>
    byte[] ReadAndWriteAgain(ReadOnlySpan<byte> message);
}
