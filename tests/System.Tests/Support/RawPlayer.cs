using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;
using Testing.Support.Waiting;

namespace System.Tests.Support;

/// <summary>A client that sends whatever bytes a test likes, and reads whole frames.</summary>
public sealed class RawPlayer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly NetworkStream _stream;

    /// <summary>Connects.</summary>
    public RawPlayer(ServerPair pair)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(pair.SocketPath));
        _stream = new NetworkStream(_socket);
    }

    /// <summary>Sends bytes as they are. Where the server has closed, the test reads why.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => _ = await TrySendAsync(bytes);

    /// <summary>Sends the bytes of a message as a frame.</summary>
    public Task SendPayloadAsync(ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[PlayerProtocol.LengthBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(PlayerProtocol.LengthBytes));
        return SendAsync(frame);
    }

    /// <summary>Sends a message as a frame.</summary>
    public async Task SendAsync<T>(T message)
        where T : IWireMessage<T> => _ = await TrySendAsync(message);

    /// <summary>Sends a message as a frame; false where the server has closed.</summary>
    public Task<bool> TrySendAsync<T>(T message)
        where T : IWireMessage<T>
    {
        var frame = new ArrayBufferWriter<byte>();
        PlayerFraming.WriteFrame(frame, message);
        return TrySendAsync(frame.WrittenMemory);
    }

    /// <summary>Logs in and reads the welcome.</summary>
    public async Task<ServerLoggedIn> LogInAsync(string name)
    {
        await SendAsync(LogInOf(name));
        return await ReadAsync<ServerLoggedIn>();
    }

    /// <summary>The log-in of a name in the usual place.</summary>
    public static ClientLogIn LogInOf(string name) => new(PlayerProtocol.Version, name, 1, TestPlayer.DefaultMap, Language.English);

    /// <summary>Sends a line and reads its answer.</summary>
    public async Task<ServerResult> AskAsync(ulong lineId, string line)
    {
        await SendAsync(new ClientLine(lineId, line));
        return await ReadAsync<ServerResult>();
    }

    /// <summary>Reads the next frame; it must be of that type.</summary>
    public async Task<T> ReadAsync<T>()
        where T : IWireMessage<T>
    {
        byte[] payload = await ReadPayloadAsync() ?? throw new EndOfStreamException($"The server closed instead of sending a {typeof(T).Name}.");
        Assert.Equal(T.TypeNumber, MessageTypes.Peek(payload));
        return PlayerFraming.ReadMessage<T>(payload);
    }

    /// <summary>Reads a refusal, and that the server closes after it.</summary>
    public async Task<ServerRefused> ReadRefusalAsync()
    {
        ServerRefused refused = await ReadAsync<ServerRefused>();
        Assert.Null(await ReadPayloadAsync());
        return refused;
    }

    /// <summary>The bytes of the next message; null where the server has closed.</summary>
    public async Task<byte[]?> ReadPayloadAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        byte[] length = new byte[PlayerProtocol.LengthBytes];
        try
        {
            if (await _stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, deadline.Token) < length.Length)
            {
                return null;
            }

            byte[] payload = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            await _stream.ReadExactlyAsync(payload, deadline.Token);
            return payload;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
