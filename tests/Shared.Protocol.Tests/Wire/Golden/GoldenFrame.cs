using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Wire.Golden;

/// <summary>A frame with its frozen bytes.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Envelope">Its envelope.</param>
/// <param name="BodyHex">Its body.</param>
/// <param name="FrameHex">All of it.</param>
public sealed record GoldenFrame(string Name, Envelope Envelope, string BodyHex, string FrameHex)
{
    public byte[] Body => Convert.FromHexString(BodyHex.Replace(" ", string.Empty, StringComparison.Ordinal));

    public byte[] Frame => Convert.FromHexString(FrameHex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
