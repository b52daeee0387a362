using System.Buffers.Binary;
using System.Net.Sockets;

namespace Faults.Nemesis.Faults;

/// <summary>Strangers at the players' socket: lying lengths, deep nesting, noise, half a frame and gone.</summary>
internal sealed class FrameBombsFault : IFault
{
    private const int Strangers = 50;
    private const int MaxNoiseBytes = 8192;
    private const byte ArrayOfOne = 0x91;

    public int Row => 42;

    public string Name => "frame bombs";

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Strangers; i++)
        {
            byte[] bytes = new byte[random.Next(1, MaxNoiseBytes)];
            switch (random.Next(3))
            {
                case 0:
                    random.NextBytes(bytes);
                    break;
                case 1 when bytes.Length > sizeof(int):
                    Array.Fill(bytes, ArrayOfOne);
                    BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - sizeof(int));
                    break;
                default:
                    Array.Fill(bytes, byte.MaxValue);
                    break;
            }

            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(world.SocketPath), cancellationToken);
                _ = await socket.SendAsync(bytes, cancellationToken);
            }
            catch (SocketException)
            {
                // It is not there at present, or has had enough.
            }
        }
    }
}
