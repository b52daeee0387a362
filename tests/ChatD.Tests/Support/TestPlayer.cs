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

    /// <summary>Sends several messages as one piece.</summary>
    public async Task SendTogetherAsync<T>(IEnumerable<T> messages)
        where T : IWireMessage<T>
    {
        var frames = new ArrayBufferWriter<byte>();
        foreach (T message in messages)
        {
            PlayerFraming.WriteFrame(frames, message);
        }

        await socket.SendAsync(frames.WrittenMemory);
    }

    /// <summary>Logs in to a session that can be resumed, or into that.</summary>
    public async Task<ServerLoggedIn> LogInAsync(string name, ResumeToken token, ulong lastEventNumber = 0, ulong lastAnsweredLineId = 0)
    {
        await SendAsync(new ClientLogIn(
            PlayerProtocol.Version, name, 1, "광장", Language.Korean, token, lastAnsweredLineId, LastEventNumber: lastEventNumber));
        return await ReadAsync<ServerLoggedIn>();
    }

    public Task LogInAsync(string name, int channel = 1, ResumeToken? token = null, string? key = null) =>
        SendAsync(new ClientLogIn(PlayerProtocol.Version, name, channel, "광장", Language.Korean, token, 0, key));

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

    /// <summary>The next message, which must be one of this type; that something was missed is passed over where no event is asked for.</summary>
    public async Task<T> ReadAsync<T>()
        where T : IWireMessage<T>
    {
        while (true)
        {
            byte[] payload = await ReadAsync() ?? throw new InvalidOperationException("The connection has ended.");
            int type = MessageTypes.Peek(payload);
            if (type == MessageTypes.ServerEvent && T.TypeNumber != type && PlayerFraming.ReadMessage<ServerEvent>(payload).Code == "events_missed")
            {
                continue;
            }

            Assert.Equal(T.TypeNumber, type);
            return PlayerFraming.ReadMessage<T>(payload);
        }
    }

    public void Dispose() => socket.Dispose();
}
