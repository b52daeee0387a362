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

    // What was read and not taken yet. Several messages come together, as a rule; one reading of the pipe and of the clock is for all of them.
    private ReadOnlySequence<byte> _held;
    private bool _isHolding;
    private bool _isLast;
    private long _frameBeganNs;
    private long _lastReceivedNs = watch.Clock.NowNs;

    /// <summary>When the frame began that is not complete yet; 0 where there is none.</summary>
    public long FrameBeganNs => Volatile.Read(ref _frameBeganNs);

    /// <summary>When something came last.</summary>
    public long LastReceivedNs => Volatile.Read(ref _lastReceivedNs);

    /// <summary>When the last message came, with whatever was read together with it. For the reader.</summary>
    public long ArrivedNs { get; private set; }

    /// <summary>Whether something has come that its reader has not taken yet: then it is not the client who is silent.</summary>
    public bool HoldsSomething => Volatile.Read(ref _isHolding);

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
            if (_isHolding && TryTakeHeld(out ClientFrame frame))
            {
                return frame;
            }

            if (_isLast)
            {
                return Ended(EndReason == EndReason.None ? EndReason.Disconnected : EndReason);
            }

            try
            {
                ReadResult result = await input.ReadAsync();
                (_held, _isLast) = (result.Buffer, result.IsCompleted);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
            {
                // Reset by the peer, or aborted from this side.
                return Ended(EndReason.Disconnected);
            }

            ArrivedNs = watch.Clock.NowNs;
            Volatile.Write(ref _lastReceivedNs, ArrivedNs);
            Volatile.Write(ref _isHolding, true);
        }
    }

    /// <summary>Reads and forgets what still comes, so that closing does not destroy what the client has not read yet.</summary>
    public async Task LingerAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_isHolding)
            {
                GiveBack(_held.End, _held.End);
            }

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

    /// <summary>Takes the next message of what is held, which may be that it has to end. False where a part of one is left at most; that is the pipe's again.</summary>
    private bool TryTakeHeld(out ClientFrame frame)
    {
        if (EndReason != EndReason.None)
        {
            GiveBack(_held.Start, _held.Start);
            frame = Ended(EndReason);
            return true;
        }

        if (TryTake(ref _held, out frame))
        {
            HasMore = !_held.IsEmpty;
            if (!HasMore)
            {
                // At once, for who says nothing needs no buffer.
                GiveBack(_held.End, _held.End);
            }

            return true;
        }

        if (!_held.IsEmpty && _frameBeganNs == 0)
        {
            Volatile.Write(ref _frameBeganNs, watch.Clock.NowNs);
        }

        GiveBack(_held.Start, _held.End);
        return false;
    }

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

        if (_frameBeganNs != 0)
        {
            Volatile.Write(ref _frameBeganNs, 0);
        }

        frame = payload.IsSingleSegment ? Parse(payload.FirstSpan) : Parse(payload.ToArray());
        return true;
    }

    private void GiveBack(SequencePosition consumed, SequencePosition examined)
    {
        _held = default;
        input.AdvanceTo(consumed, examined);

        // What had come was there all the time that its lines took.
        Volatile.Write(ref _lastReceivedNs, watch.Clock.NowNs);
        Volatile.Write(ref _isHolding, false);
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
