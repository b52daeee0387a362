using System.Buffers;
using System.IO.Pipelines;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire.MessagePack;

namespace ChatD.Connections;

/// <summary>
/// Reads a client's frames. For one reader; <see cref="End"/> may be called from any thread.
/// </summary>
/// <param name="input">The client's pipe. Not owned.</param>
/// <param name="maxFrameBytes">The longest message taken.</param>
/// <param name="watch">Whose clock the times are of.</param>
internal sealed class FrameInput(PipeReader input, int maxFrameBytes, ConnectionWatch watch)
{
    private int _endReason;
    private long _frameBeganNs;
    private long _lastReceivedNs = watch.Clock.NowNs;

    /// <summary>When the frame began that is not complete yet; 0 where there is none.</summary>
    public long FrameBeganNs => Volatile.Read(ref _frameBeganNs);

    /// <summary>When something came last.</summary>
    public long LastReceivedNs => Volatile.Read(ref _lastReceivedNs);

    /// <summary>Why reading was ended from outside; none where it was not.</summary>
    public EndReason EndReason => (EndReason)Volatile.Read(ref _endReason);

    /// <summary>Whether more had come with the last message than that message: the next one may be there at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Ends reading: a read that waits, and all later ones, come back with that reason. The first reason stays.</summary>
    public void End(EndReason reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, (int)reason, (int)EndReason.None) == (int)EndReason.None)
        {
            input.CancelPendingRead();
        }
    }

    /// <summary>The next message, or the reason why there is none.</summary>
    public async ValueTask<ClientFrame> ReadAsync()
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await input.ReadAsync();
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
            {
                // Reset by the peer, or aborted from this side.
                return Ended(EndReason.Disconnected);
            }

            ReadOnlySequence<byte> received = result.Buffer;
            if (EndReason != EndReason.None)
            {
                input.AdvanceTo(received.Start);
                return Ended(EndReason);
            }

            if (TryTake(ref received, out ClientFrame frame))
            {
                // What lies behind this frame is not examined yet: it is there at once at the next read.
                input.AdvanceTo(received.Start);
                HasMore = !received.IsEmpty;
                return frame;
            }

            NoteArrival(received);
            input.AdvanceTo(received.Start, received.End);
            if (result.IsCompleted)
            {
                return Ended(EndReason.Disconnected);
            }
        }
    }

    /// <summary>Reads and forgets what still comes, so that closing does not destroy what the client has not read yet.</summary>
    public async Task LingerAsync(CancellationToken cancellationToken)
    {
        try
        {
            ReadResult result;
            do
            {
                result = await input.ReadAsync(cancellationToken);
                input.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client has gone, or has had its time.
        }
    }

    private static ClientFrame Ended(EndReason reason) => new(0, End: reason);

    private bool TryTake(ref ReadOnlySequence<byte> received, out ClientFrame frame)
    {
        if (!PlayerFraming.TryReadFrame(ref received, maxFrameBytes, out ReadOnlySequence<byte> payload, out PlayerFrameFault fault))
        {
            frame = fault switch
            {
                PlayerFrameFault.None => default,
                PlayerFrameFault.TooLong => Ended(EndReason.FrameTooLong),
                _ => Ended(EndReason.BadFrame),
            };
            return fault != PlayerFrameFault.None;
        }

        Volatile.Write(ref _frameBeganNs, 0);
        Volatile.Write(ref _lastReceivedNs, watch.Clock.NowNs);
        frame = payload.IsSingleSegment ? Parse(payload.FirstSpan) : Parse(payload.ToArray());
        return true;
    }

    private void NoteArrival(in ReadOnlySequence<byte> incomplete)
    {
        long nowNs = watch.Clock.NowNs;
        Volatile.Write(ref _lastReceivedNs, nowNs);
        if (!incomplete.IsEmpty && _frameBeganNs == 0)
        {
            Volatile.Write(ref _frameBeganNs, nowNs);
        }
    }

    private static ClientFrame Parse(ReadOnlySpan<byte> payload)
    {
        try
        {
            int typeNumber = MessageTypes.Peek(payload);
            return typeNumber switch
            {
                MessageTypes.ClientLogIn => new ClientFrame(typeNumber, LogIn: PlayerFraming.ReadMessage<ClientLogIn>(payload)),
                MessageTypes.ClientLine => new ClientFrame(typeNumber, Line: PlayerFraming.ReadMessage<ClientLine>(payload)),
                MessageTypes.ClientBye or MessageTypes.ClientPong => new ClientFrame(typeNumber),
                _ => Ended(EndReason.BadFrame),
            };
        }
        catch (MessagePackSerializationException)
        {
            return Ended(EndReason.BadFrame);
        }
    }
}
