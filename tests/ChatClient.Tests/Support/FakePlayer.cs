using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChatClient.Tests.Support;

/// <summary>One connection as the fake chatD sees it.</summary>
public sealed class FakePlayer : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;

    public FakePlayer(Socket socket, CancellationToken stop)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream);
        _writer = PipeWriter.Create(_stream);
        Stop = stop;
    }

    /// <summary>The test is over.</summary>
    public CancellationToken Stop { get; }

    /// <summary>The last log-in received.</summary>
    public ClientLogIn LogIn { get; private set; }

    /// <summary>The last line received.</summary>
    public ClientLine Line { get; private set; }

    /// <summary>Receives one message.</summary>
    /// <returns>Its type number; 0 at the end of the connection.</returns>
    public async Task<int> ReceiveAsync()
    {
        while (true)
        {
            ReadResult read = await _reader.ReadAsync(Stop);
            ReadOnlySequence<byte> received = read.Buffer;
            bool isWhole = PlayerFraming.TryReadFrame(ref received, 4 * 1024 * 1024, out ReadOnlySequence<byte> payload, out PlayerFrameFault fault);
            Assert.Equal(PlayerFrameFault.None, fault);
            int type = isWhole ? Take(payload.ToArray()) : 0;
            _reader.AdvanceTo(received.Start, isWhole ? received.Start : received.End);
            if (isWhole || read.IsCompleted)
            {
                return type;
            }
        }
    }

    public async Task SendAsync<T>(T message)
        where T : IWireMessage<T>
    {
        PlayerFraming.WriteFrame(_writer, message);
        await _writer.FlushAsync(Stop);
    }

    public async Task SendBytesAsync(byte[] bytes)
    {
        await _writer.WriteAsync(bytes, Stop);
    }

    /// <summary>Receives the log-in and accepts it, into a session that ends with its connection.</summary>
    public Task AcceptLogInAsync() => AcceptLogInAsync(static greeting => greeting);

    /// <summary>Receives the log-in and accepts it.</summary>
    /// <param name="change">Makes of a plain answer the one that is sent.</param>
    public async Task AcceptLogInAsync(Func<ServerLoggedIn, ServerLoggedIn> change)
    {
        Assert.Equal(MessageTypes.ClientLogIn, await ReceiveAsync());
        await SendAsync(change(new ServerLoggedIn(1, LogIn.Name, LogIn.Channel, LogIn.Map, "어서 오세요.")));
    }

    /// <summary>Answers a line with success.</summary>
    public Task AnswerAsync(ClientLine line, string text = "네.") =>
        SendAsync(new ServerResult(line.LineId, 100 + line.LineId, "find", OutcomeKind.Ok, "same_map", text, [line.Text]));

    /// <summary>Accepts the log-in, then answers every line by its own text until the farewell.</summary>
    public async Task EchoAsync()
    {
        await AcceptLogInAsync();
        await EchoLinesAsync();
    }

    /// <summary>Answers every line by its own text until the farewell.</summary>
    public async Task EchoLinesAsync()
    {
        while (await ReceiveAsync() == MessageTypes.ClientLine)
        {
            await AnswerAsync(Line, Line.Text);
        }
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private int Take(byte[] payload)
    {
        int type = MessageTypes.Peek(payload);
        if (type == MessageTypes.ClientLogIn)
        {
            LogIn = PlayerFraming.ReadMessage<ClientLogIn>(payload);
        }
        else if (type == MessageTypes.ClientLine)
        {
            Line = PlayerFraming.ReadMessage<ClientLine>(payload);
        }

        return type;
    }
}
