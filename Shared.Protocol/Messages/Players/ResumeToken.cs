using System.Security.Cryptography;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>
/// The secret by which a client shows that a session is its own: 128 random bits, drawn by the client before its first log-in. Because the
/// client has it before it sends anything, a log-in whose answer was lost can be repeated, and finds the session that it made.
/// </summary>
/// <remarks>It is compared in constant time, and never printed: its text is always <c>(secret)</c>.</remarks>
public sealed class ResumeToken : IEquatable<ResumeToken>
{
    /// <summary>The length of a token, in bytes.</summary>
    public const int Bytes = 16;

    private readonly byte[] _bits;

    private ResumeToken(byte[] bits) => _bits = bits;

    /// <summary>Draws a new one.</summary>
    public static ResumeToken Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads a token, or null for nil.</summary>
    /// <exception cref="MessagePackSerializationException">It is neither, or has another length.</exception>
    public static ResumeToken? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        ReadOnlySpan<byte> bits = reader.ReadBytesSpan();
        return bits.Length == Bytes
            ? new ResumeToken(bits.ToArray())
            : throw new MessagePackSerializationException($"A resume token has {Bytes} bytes, this one has {bits.Length}.");
    }

    /// <summary>Writes a token, or nil for null.</summary>
    public static void Write(ref MessagePackWriter writer, ResumeToken? token)
    {
        if (token is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.Write(token._bits);
        }
    }

    /// <summary>Whether both are the same token; takes as long whether they are or not.</summary>
    public bool Equals(ResumeToken? other) => other is not null && CryptographicOperations.FixedTimeEquals(_bits, other._bits);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResumeToken);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bits);

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}
