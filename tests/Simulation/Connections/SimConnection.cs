using System.Buffers;
using System.IO.Pipelines;
using ChatD.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Simulation.Daemons;

namespace Simulation.Connections;

/// <summary>
/// A connection between a client and a chatD's own <see cref="PlayerConnectionHandler"/>, as Kestrel hands it over. Bytes arrive in order, cut
/// anywhere, some time later; when it breaks, what is on the way is lost, and each side learns of it at another time or never.
/// </summary>
internal sealed class SimConnection : ConnectionContext, IConnectionLifetimeNotificationFeature, IDuplexPipe
{
    // As many bytes as a socket's buffers hold before a write waits for its reader.
    private const int SocketBytes = 4096;

    private readonly SimWorld _world;
    private readonly ChatDaemon _chat;
    private readonly IConnectionOwner _owner;
    private readonly Pipe _toServer;
    private readonly Pipe _toClient;
    private readonly Wire _up;
    private readonly Wire _down;
    private readonly CancellationTokenSource _closeRequested = new();
    private bool _isOver;
    private bool _isAborted;
    private TaskCompletionSource? _resumed;

    public SimConnection(ChatDaemon chat, IConnectionOwner owner, SimRandom random)
    {
        _world = chat.World;
        _chat = chat;
        _owner = owner;
        var outside = new OutsidePipes(_world);
        _toServer = new Pipe(new PipeOptions(
            readerScheduler: chat.Context.Pipes, writerScheduler: outside, pauseWriterThreshold: 0, useSynchronizationContext: false));
        _toClient = new Pipe(new PipeOptions(
            readerScheduler: outside,
            writerScheduler: chat.Context.Pipes,
            pauseWriterThreshold: SocketBytes,
            resumeWriterThreshold: SocketBytes / 2,
            useSynchronizationContext: false));
        _up = new Wire(_world, random, Arrive);
        _down = new Wire(_world, random, bytes => _owner.OnBytes(this, bytes));
        Transport = this;
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
    }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = string.Empty;

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public CancellationToken ConnectionClosedRequested
    {
        get => _closeRequested.Token;
        set => throw new NotSupportedException("It is the connection's own.");
    }

    PipeReader IDuplexPipe.Input => _toServer.Reader;

    PipeWriter IDuplexPipe.Output => _toClient.Writer;

    /// <summary>Whether the client does not take what comes.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Has chatD serve it.</summary>
    public void Open()
    {
        _chat.Add(this);
        _world.Watch(ReadAsync());
        using DaemonScope scope = _chat.Enter();
        _world.Watch(ServeAsync());
    }

    /// <summary>The client sends.</summary>
    public void Send(byte[] bytes) => _up.Send(bytes);

    /// <summary>The client closes it, behind what it has sent.</summary>
    public void Close()
    {
        _isOver = true;
        _up.SendEnd();
        _down.Cut();
    }

    /// <summary>The network fails.</summary>
    /// <param name="doesServerLearn">Whether chatD's kernel is told.</param>
    public void Break(bool doesServerLearn)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _up.Cut();
        _down.Cut();
        if (doesServerLearn)
        {
            using DaemonScope scope = _chat.Enter();
            _toServer.Writer.Complete(new IOException("Connection reset by peer."));
        }

        _owner.OnEnd(this);
    }

    /// <summary>The client reads nothing for a while.</summary>
    public void Stall(long forNs)
    {
        IsStalled = true;
        _world.Scheduler.After(forNs, () =>
        {
            IsStalled = false;
            _resumed?.TrySetResult();
        });
    }

    /// <summary>chatD asks for its end, as Kestrel does when it stops.</summary>
    public void RequestClose() => _closeRequested.Cancel();

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        _up.Cut();
        _toServer.Writer.Complete(abortReason);
        _toClient.Reader.CancelPendingRead();
        _isAborted = true;
    }

    /// <inheritdoc/>
    public override void Abort() => Abort(new ConnectionAbortedException());

    private void Arrive(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } some)
        {
            // Never waits: this pipe has no bound, for what a client sends is bounded by the lines that it may have open.
            _world.Watch(_toServer.Writer.WriteAsync(some).AsTask());
        }
        else
        {
            _toServer.Writer.Complete();
        }
    }

    private async Task ServeAsync()
    {
        await _chat.Handler.OnConnectedAsync(this);

        // What Kestrel does behind its handler.
        await _toClient.Writer.CompleteAsync();
        await _toServer.Reader.CompleteAsync();
        _chat.Remove(this);
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            if (IsStalled)
            {
                _resumed = new TaskCompletionSource();
                await _resumed.Task;
            }

            ReadResult result = await _toClient.Reader.ReadAsync();
            if (_isAborted)
            {
                break;
            }

            if (!result.Buffer.IsEmpty)
            {
                _down.Send(result.Buffer.ToArray());
            }

            _toClient.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await _toClient.Reader.CompleteAsync();
        _down.SendEnd();
    }
}
