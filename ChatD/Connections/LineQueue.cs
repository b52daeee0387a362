using System.Diagnostics;
using ChatD.Events;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>
/// The lines of one session that have no answer yet. They run side by side, and are answered in the order in which they came: to the
/// connection that is attached at that moment, and where none is, into what is kept for the next one. Safe on every thread.
/// </summary>
/// <remarks>
/// Only one thread at a time sends, whoever finds something to send first; a greeting is sent by the same one. So a connection gets its
/// greeting first, then the results and then the events that it missed, then what is new, whatever happens at the same moment.
/// </remarks>
/// <param name="maxLines">How many lines may be without an answer.</param>
/// <param name="maxKeptBytes">How much is kept for a resume; 0 for a session that ends with its connection.</param>
/// <param name="events">What the session is shown besides, from its greeting on; null for nothing.</param>
internal sealed class LineQueue(int maxLines, int maxKeptBytes, SessionEvents? events = null)
{
    private readonly LineRoom _room = new(maxLines);

    // Guards what follows. Never held while anything is written.
    private readonly Lock _gate = new();
    private readonly Queue<PendingLine> _lines = new();
    private readonly KeptResults? _kept = maxKeptBytes > 0 ? new KeptResults(maxKeptBytes) : null;
    private OutgoingFrames? _outgoing;
    private PendingGreeting? _greeting;
    private ulong _lastReceivedLineId;
    private bool _isSending;
    private TaskCompletionSource? _emptied;

    /// <summary>The last line that was taken in.</summary>
    public ulong LastReceivedLineId
    {
        get
        {
            lock (_gate)
            {
                return _lastReceivedLineId;
            }
        }
    }

    /// <summary>
    /// From now on answers go to this connection, behind the greeting and the results it has missed; and lines are taken from it alone.
    /// <see cref="Send"/> sends them.
    /// </summary>
    /// <param name="outgoing">The connection's output. Not owned.</param>
    /// <param name="greeting">The answer to its log-in; what it says about lines and events is filled in here.</param>
    /// <param name="lastAnsweredLineId">The last line whose result the client has.</param>
    /// <param name="lastEventNumber">The last event that the client has.</param>
    public void Attach(OutgoingFrames outgoing, in ServerLoggedIn greeting, ulong lastAnsweredLineId, ulong lastEventNumber = 0)
    {
        lock (_gate)
        {
            _outgoing = outgoing;
            _kept?.Confirm(lastAnsweredLineId);
            _greeting = new PendingGreeting(
                greeting with { LastReceivedLineId = _lastReceivedLineId, LastLostLineId = _kept?.LastLostLineId ?? 0 }, lastEventNumber);
        }
    }

    /// <summary>Sends nothing more to a connection, and takes nothing more from it, if it is the one that is attached.</summary>
    public void Detach(OutgoingFrames outgoing)
    {
        lock (_gate)
        {
            if (_outgoing == outgoing)
            {
                _outgoing = null;
                _greeting = null;
            }
        }
    }

    /// <summary>Takes a line in, once there is room for it, and for its answer on the connection.</summary>
    /// <param name="from">The output of the connection it came from.</param>
    /// <param name="message">The line.</param>
    /// <param name="arrivedNs">When it was read, in nanoseconds of the monotonic clock; 0 where nobody wants to know.</param>
    /// <param name="span">Its span, which ends with its answer if it is taken, and is the caller's otherwise; null for none.</param>
    /// <param name="cancellationToken">Stops waiting for room.</param>
    public async ValueTask<LineEntry> EnterAsync(
        OutgoingFrames from, ClientLine message, long arrivedNs, Activity? span, CancellationToken cancellationToken)
    {
        await _room.TakeAsync(cancellationToken);

        // A player who reads slowly is not asked for more, so that his own answers never cut him off. When his connection ends, so does this.
        await from.WhenRoomAsync();
        lock (_gate)
        {
            EndReason fault = FindFault(from, message.LineId);
            if (fault != EndReason.None)
            {
                _room.Release();
                return new LineEntry(null, fault);
            }

            _kept?.Confirm(message.LastAnsweredLineId);
            _lastReceivedLineId = message.LineId;
            var line = new PendingLine(message.LineId, arrivedNs, span);
            _lines.Enqueue(line);
            return new LineEntry(line, EndReason.None);
        }
    }

    /// <summary>Gives a line its answer, and sends all answers whose turn has come.</summary>
    public void Answer(PendingLine line, in ServerResult answer)
    {
        lock (_gate)
        {
            line.SetAnswer(answer);
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        BeginSending();
    }

    /// <summary>
    /// Sends what is due, unless another thread does already. Answers for which the connection has no room stay here, and with them the places of their
    /// lines: so a player who reads slowly is never cut off by what he has asked for.
    /// </summary>
    public void Send()
    {
        lock (_gate)
        {
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        BeginSending();
    }

    private void BeginSending()
    {
        Task sending = SendAllAsync();
        if (sending.IsFaulted)
        {
            sending.GetAwaiter().GetResult();
        }
    }

    /// <summary>How many lines have not been answered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Completes when no line is without an answer.</summary>
    public async Task WhenEmptyAsync()
    {
        Task emptied;
        lock (_gate)
        {
            if (_lines.Count == 0 && !_isSending)
            {
                return;
            }

            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            emptied = _emptied.Task;
        }

        await emptied;
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (SendReady() is { } full)
            {
                // Over when the connection has room, or ends.
                await full.WhenRoomAsync();
            }
        }
        catch
        {
            // An answer that cannot be written must not keep the later ones, and with them the end of the session, waiting for ever.
            lock (_gate)
            {
                _isSending = false;
            }

            throw;
        }
    }

    /// <summary>Sends as far as there is room; then returns the connection that has none, or null at the end, which is noted.</summary>
    private OutgoingFrames? SendReady()
    {
        OutgoingFrames? written = null;
        OutgoingFrames? full;
        while (TryTakeNext(out OutgoingFrames? outgoing, out PendingGreeting? greeting, out ServerResult[] missed, out PendingLine? line, out full))
        {
            if (outgoing != written)
            {
                written?.Flush();
                written = outgoing;
            }

            try
            {
                SendNext(outgoing, greeting, missed, line);
            }
            finally
            {
                if (line is not null)
                {
                    _room.Release();
                    EndSpan(line);
                }
            }
        }

        written?.Flush();
        return full;
    }

    private void SendNext(OutgoingFrames? outgoing, in PendingGreeting? greeting, ServerResult[] missed, PendingLine? line)
    {
        if (greeting is not { } first)
        {
            outgoing?.Add(line!.Answer!.Value);
            return;
        }

        if (outgoing is null)
        {
            return;
        }

        outgoing.Add(first.Message with { LastLostEventNumber = events?.Prepare(first.LastEventNumber) ?? 0 });
        foreach (ServerResult result in missed)
        {
            outgoing.Add(result);
        }

        events?.Open(outgoing);
    }

    private static void EndSpan(PendingLine line)
    {
        if (line.Span is { } span)
        {
            Spans.End(span);
        }
    }

    private EndReason FindFault(OutgoingFrames from, ulong lineId)
    {
        if (from != _outgoing)
        {
            return EndReason.TakenOver;
        }

        // Without numbers in a row nobody could say which lines have arrived.
        return _kept is null || lineId == _lastReceivedLineId + 1 ? EndReason.None : EndReason.BadFrame;
    }

    private bool TryTakeNext(
        out OutgoingFrames? outgoing, out PendingGreeting? greeting, out ServerResult[] missed, out PendingLine? line, out OutgoingFrames? full)
    {
        lock (_gate)
        {
            full = null;
            outgoing = _outgoing;
            greeting = _greeting;
            missed = [];
            line = null;
            if (greeting is not null)
            {
                Debug.Assert(outgoing is not null, "A greeting goes with its connection.");
                _greeting = null;
                missed = _kept?.ToArray() ?? [];
                outgoing?.AllowMore(_kept?.Bytes ?? 0);
                return true;
            }

            if (_lines.TryPeek(out PendingLine? first) && first.Answer is { } ready)
            {
                if (outgoing is { HasRoom: false })
                {
                    full = outgoing;
                    return false;
                }

                _ = _lines.Dequeue();
                _kept?.Add(ready);
                line = first;
                return true;
            }

            _isSending = false;
            if (_lines.Count == 0)
            {
                _emptied?.TrySetResult();
                _emptied = null;
            }

            return false;
        }
    }
}
