using System.Diagnostics;
using ChatD.Sessions;

namespace ChatD.Gateway;

/// <summary>
/// The lines that wait while a channelD restarts: it has taken its leave, so none of them was run, and the next one is awaited for a short time. No line
/// overtakes another: while they are handed on, a new one waits behind them. Bounded. Safe on every thread.
/// </summary>
/// <param name="maxLines">How many may wait.</param>
/// <param name="time">The clock.</param>
internal sealed class ParkedLines(int maxLines, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<ParkedLine> _lines = new();
    private volatile bool _isParking;
    private bool _isOver;

    /// <summary>Whether lines wait here, instead of being sent.</summary>
    public bool IsParking => _isParking;

    /// <summary>Has lines wait from now on.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _isParking = !_isOver;
        }
    }

    /// <summary>How much of a line's time is over.</summary>
    public TimeSpan AgeOf(ParkedLine line) => line.WaitedBefore + time.GetElapsedTime(line.SinceTimestamp);

    /// <summary>Has a line wait; null where none may, or there are too many.</summary>
    public ParkedLine? TryPark(PlayerSession session, string text, Activity? span, TimeSpan waited, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isParking || _lines.Count >= maxLines)
            {
                return null;
            }

            var line = new ParkedLine(session, text, span, time.GetTimestamp(), waited, cancellationToken);
            _lines.Enqueue(line);
            return line;
        }
    }

    /// <summary>The line that is to be sent next; null when none waits, and with that no further one does.</summary>
    public ParkedLine? TakeOrEnd()
    {
        lock (_gate)
        {
            if (_lines.TryDequeue(out ParkedLine? line))
            {
                return line;
            }

            _isParking = false;
            return null;
        }
    }

    /// <summary>Refuses the lines that have waited for so long; they were surely not run.</summary>
    public void RefuseOlder(TimeSpan age)
    {
        while (true)
        {
            ParkedLine? line;
            lock (_gate)
            {
                if (!_lines.TryPeek(out line) || AgeOf(line) < age)
                {
                    return;
                }

                _ = _lines.Dequeue();
            }

            line.Refuse(Shared.Protocol.Requests.OutcomeCodes.PeerDown);
        }
    }

    /// <summary>Refuses all lines, and has no further one wait.</summary>
    /// <param name="code">Why.</param>
    /// <param name="isOver">Whether none is ever to wait again.</param>
    public void End(string code, bool isOver = false)
    {
        ParkedLine[] lines;
        lock (_gate)
        {
            _isOver |= isOver;
            _isParking = false;
            lines = [.. _lines];
            _lines.Clear();
        }

        foreach (ParkedLine line in lines)
        {
            line.Refuse(code);
        }
    }
}
