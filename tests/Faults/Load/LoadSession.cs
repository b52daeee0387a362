using Faults.Checker.History;
using Faults.Recording;
using Shared.Protocol.Messages.Players;

namespace Faults.Load;

/// <summary>
/// What a player keeps over his connections: which lines are not answered, and, where he can resume, the token and the numbers of lines.
/// Safe on every thread.
/// </summary>
/// <param name="canResume">
/// Whether the session is resumed after a loss. Its lines then count from 1 without a gap; else a line's number is that of its request, so that an
/// answer that strays to another session is known by it.
/// </param>
internal sealed class LoadSession(bool canResume)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, Outstanding> _outstanding = [];
    private readonly ResumeToken? _token = canResume ? ResumeToken.Create() : null;
    private ulong _lastLine;
    private ulong _lastAnswered;
    private long _awaySinceNs;
    private long _awayNs;

    /// <summary>A line that is not answered.</summary>
    /// <param name="Asked">Its request.</param>
    /// <param name="AwayBeforeNs">How long its player had been away before that, in all.</param>
    public readonly record struct Outstanding(Asked Asked, long AwayBeforeNs);

    public bool CanResume => canResume;

    public int OutstandingCount
    {
        get
        {
            lock (_gate)
            {
                return _outstanding.Count;
            }
        }
    }

    /// <summary>How the player says who he is.</summary>
    public (ResumeToken? Token, ulong LastAnswered) Credentials
    {
        get
        {
            lock (_gate)
            {
                return (_token, _lastAnswered);
            }
        }
    }

    /// <summary>Takes a line on; its number.</summary>
    public ulong Add(Asked asked)
    {
        lock (_gate)
        {
            ulong line = canResume ? ++_lastLine : (ulong)asked.Request;
            _outstanding.Add(line, new Outstanding(asked, _awayNs));
            return line;
        }
    }

    /// <summary>A line is answered. Null where none of that number is outstanding.</summary>
    /// <param name="line">The line.</param>
    /// <param name="awayNs">For how long the player was away since he asked.</param>
    public Outstanding? Remove(ulong line, out long awayNs)
    {
        lock (_gate)
        {
            bool isKnown = _outstanding.Remove(line, out Outstanding asked);
            _lastAnswered = Math.Max(_lastAnswered, line);
            awayNs = _awayNs - asked.AwayBeforeNs;
            return isKnown ? asked : null;
        }
    }

    /// <summary>The connection is lost.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_awaySinceNs == 0)
            {
                _awaySinceNs = Recorder.NowNs;
            }
        }
    }

    /// <summary>A log-in has succeeded. What it says was never taken, or is lost, is outstanding no more.</summary>
    public IReadOnlyList<Outstanding> Return(in ServerLoggedIn welcome)
    {
        lock (_gate)
        {
            _awayNs += _awaySinceNs == 0 ? 0 : Recorder.NowNs - _awaySinceNs;
            _awaySinceNs = 0;
            if (!welcome.IsResumed)
            {
                return TakeAll();
            }

            List<Outstanding> ended = [];
            (ulong lastReceived, ulong lastLost) = (welcome.LastReceivedLineId, welcome.LastLostLineId);
            foreach (ulong line in _outstanding.Keys.Where(line => line > lastReceived || line <= lastLost).ToArray())
            {
                ended.Add(_outstanding[line]);
                _ = _outstanding.Remove(line);
            }

            // Their numbers are used again: chatD expects the next line after the last that it has.
            _lastLine = lastReceived;
            return ended;
        }
    }

    /// <summary>The player gives up whatever is outstanding.</summary>
    public IReadOnlyList<Outstanding> Abandon()
    {
        lock (_gate)
        {
            return TakeAll();
        }
    }

    private List<Outstanding> TakeAll()
    {
        List<Outstanding> all = [.. _outstanding.Values];
        _outstanding.Clear();
        _lastLine = 0;
        _lastAnswered = 0;
        return all;
    }
}
