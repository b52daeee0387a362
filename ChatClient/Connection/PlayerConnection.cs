using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace ChatClient.Connection;

/// <summary>
/// One connection to a chatD: sends messages as frames and hands received ones on. One task receives; any task may send.
/// Answers pings by itself. Owns the socket.
/// </summary>
public sealed class PlayerConnection : IAsyncDisposable
{
    /// <summary>The longest frame accepted from a server, in bytes: twice the longest result that the daemons make by default.</summary>
    public const int MaxReceivedFrameBytes = 2 * 1024 * 1024;

    // Enough for a few hundred commands a system call; a sender that runs ahead is stopped by the socket, not by memory.
    private const int FlushAtBytes = 32 * 1024;

    private static readonly TimeSpan s_sendDeadline = TimeSpan.FromSeconds(30);

    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Task _pong = Task.CompletedTask;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="socket">The socket; closed on disposal.</param>
    public PlayerConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        _writer = PipeWriter.Create(_stream, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true));
    }

    /// <summary>Puts a message into the output; it leaves with the next flush, or at once when much is waiting.</summary>
    /// <exception cref="ConnectionLostException">It cannot be sent.</exception>
    public async ValueTask SendAsync<T>(T message, bool flush, CancellationToken cancellationToken)
        where T : IWireMessage<T>
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            PlayerFraming.WriteFrame(_writer, message);
            if (flush || _writer.UnflushedBytes >= FlushAtBytes)
            {
                await FlushWriterAsync(cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends what was put into the output so far.</summary>
    /// <exception cref="ConnectionLostException">It cannot be sent.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_writer.UnflushedBytes > 0)
            {
                await FlushWriterAsync(cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Receives until the server closes the connection, or nothing more is expected of it, and returns then.</summary>
    /// <param name="messages">Takes what is received.</param>
    /// <param name="cancellationToken">Stops receiving.</param>
    /// <exception cref="ConnectionLostException">The connection broke, or the server sent what is no frame or no message.</exception>
    public async Task ReceiveAsync(IServerMessages messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        while (true)
        {
            ReadResult read = await ReadAsync(cancellationToken);
            ReadOnlySequence<byte> received = read.Buffer;
            await messages.OnBatchStartAsync(cancellationToken);
            try
            {
                DispatchAll(ref received, messages);
            }
            finally
            {
                // Also when a frame was bad: those before it were good and are shown.
                await messages.OnBatchEndAsync(cancellationToken);
            }

            if (messages.IsOver)
            {
                return;
            }

            if (read.IsCompleted)
            {
                if (!received.IsEmpty)
                {
                    throw new ConnectionLostException($"the server closed it in the middle of a frame, {received.Length} bytes into it");
                }

                return;
            }

            _reader.AdvanceTo(received.Start, received.End);
        }
    }

    /// <summary>Closes the socket: what waits to send or to receive fails with <see cref="ConnectionLostException"/>.</summary>
    public void Close() => _stream.Close();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _pong;
        _writing.Dispose();
    }

    private static async ValueTask<T> LostOnFailureAsync<T>(ValueTask<T> operation)
    {
        try
        {
            return await operation;
        }
        catch (IOException failure)
        {
            throw new ConnectionLostException(failure.GetBaseException().Message, failure);
        }
        catch (ObjectDisposedException failure)
        {
            throw new ConnectionLostException("it was closed", failure);
        }
    }

    private ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken) =>
        LostOnFailureAsync(_reader.ReadAsync(cancellationToken));

    private async ValueTask FlushWriterAsync(CancellationToken cancellationToken)
    {
        ValueTask<FlushResult> flush = _writer.FlushAsync(cancellationToken);
        if (flush.IsCompletedSuccessfully)
        {
            _ = flush.Result;
            return;
        }

        try
        {
            _ = await LostOnFailureAsync(new ValueTask<FlushResult>(flush.AsTask().WaitAsync(s_sendDeadline, cancellationToken)));
        }
        catch (TimeoutException failure)
        {
            // The pending write still holds the pipe: closing the socket ends it, and nothing is sent after it.
            _stream.Close();
            throw new ConnectionLostException($"the server took nothing for {s_sendDeadline.TotalSeconds:0} s", failure);
        }
    }

    private void DispatchAll(ref ReadOnlySequence<byte> received, IServerMessages messages)
    {
        PlayerFrameFault fault;
        while (PlayerFraming.TryReadFrame(ref received, MaxReceivedFrameBytes, out ReadOnlySequence<byte> payload, out fault))
        {
            if (payload.IsSingleSegment)
            {
                Dispatch(payload.FirstSpan, messages);
                continue;
            }

            int payloadBytes = (int)payload.Length;
            byte[] together = ArrayPool<byte>.Shared.Rent(payloadBytes);
            try
            {
                payload.CopyTo(together);
                Dispatch(together.AsSpan(0, payloadBytes), messages);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(together);
            }
        }

        if (fault != PlayerFrameFault.None)
        {
            string problem = fault == PlayerFrameFault.Empty
                ? "the server sent an empty frame; is it a chatD?"
                : $"the server announced a frame of more than {MaxReceivedFrameBytes} bytes; is it a chatD?";
            throw new ConnectionLostException(problem) { IsServersFault = true };
        }
    }

    private void Dispatch(ReadOnlySpan<byte> payload, IServerMessages messages)
    {
        try
        {
            switch (MessageTypes.Peek(payload))
            {
                case MessageTypes.ServerResult:
                    messages.OnResult(PlayerFraming.ReadMessage<ServerResult>(payload));
                    break;
                case MessageTypes.ServerEvent:
                    messages.OnEvent(PlayerFraming.ReadMessage<ServerEvent>(payload));
                    break;
                case MessageTypes.ServerNotice:
                    messages.OnNotice(PlayerFraming.ReadMessage<ServerNotice>(payload));
                    break;
                case MessageTypes.ServerLoggedIn:
                    messages.OnLoggedIn(PlayerFraming.ReadMessage<ServerLoggedIn>(payload));
                    break;
                case MessageTypes.ServerRefused:
                    messages.OnRefused(PlayerFraming.ReadMessage<ServerRefused>(payload));
                    break;
                case MessageTypes.ServerPing:
                    AnswerPing();
                    break;
                case 0:
                    throw new MessagePackSerializationException("The frame holds no message.");
            }
        }
        catch (MessagePackSerializationException failure)
        {
            throw new ConnectionLostException($"the server sent what is no message ({failure.Message})", failure) { IsServersFault = true };
        }
    }

    // Receiving must not wait for sending: a server that waits for us to read would never read. One pong on its way is enough.
    private void AnswerPing()
    {
        if (_pong.IsCompleted)
        {
            _pong = SendPongAsync();
        }
    }

    private async Task SendPongAsync()
    {
        try
        {
            await SendAsync(new ClientPong(), flush: true, CancellationToken.None);
        }
        catch (ConnectionLostException)
        {
            // The receiving side notices the same and reports it.
        }
        catch (ObjectDisposedException)
        {
            // Disposed meanwhile.
        }
    }
}
