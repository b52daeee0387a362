using System.Buffers;
using System.Net.Sockets;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;

namespace ChatD.Tests.Support;

/// <summary>A client that does what the test says, good or bad.</summary>
internal sealed class TestPlayer(Socket socket) : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly ArrayBufferWriter<byte> _received = new();
    private int _takenBytes;

    public Socket Socket => socket;

    public async Task SendAsync<T>(T message)
        where T : IWireMessage<T>
    {
        var frame = new ArrayBufferWriter<byte>();
        PlayerFraming.WriteFrame(frame, message);
        await socket.SendAsync(frame.WrittenMemory);
    }

    public Task LogInAsync(string name) =>
        SendAsync(new ClientLogIn(PlayerProtocol.Version, name, 1, "광장", Language.Korean));

    /// <summary>The next frame's message; null at the end of the connection.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(s_deadline);
        while (true)
        {
            var rest = new ReadOnlySequence<byte>(_received.WrittenMemory[_takenBytes..]);
            if (PlayerFraming.TryReadFrame(ref rest, 1 << 24, out ReadOnlySequence<byte> payload, out _))
            {
                _takenBytes = _received.WrittenCount - (int)rest.Length;
                return payload.ToArray();
            }

            int count = await socket.ReceiveAsync(_received.GetMemory(64 * 1024), limit.Token);
            if (count == 0)
            {
                return null;
            }

            _received.Advance(count);
        }
    }

    /// <summary>The next message, which must be one of this type.</summary>
    public async Task<T> ReadAsync<T>()
        where T : IWireMessage<T>
    {
        byte[] payload = await ReadAsync() ?? throw new InvalidOperationException("The connection has ended.");
        Assert.Equal(T.TypeNumber, MessageTypes.Peek(payload));
        return PlayerFraming.ReadMessage<T>(payload);
    }

    public void Dispose() => socket.Dispose();
}
