using ChannelD.Diagnostics;
using ChannelD.Directory;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Requests;

namespace ChannelD.Presence;

/// <summary>
/// Tells the <see cref="IPresenceObserver"/>s who comes and goes, over all channels. For each name arrivals and departures take turns, whatever
/// the order in which changes are learnt: what is told depends on where the character is now and on what was told last. For any thread.
/// </summary>
/// <remarks>
/// Whoever leaves a channel while in transfer is expected in another one: that he has gone is told only when he has not come for a while. Whoever
/// was in the game before this channelD started is no news, when it first hears of him.
/// </remarks>
internal sealed class PresenceNotices : IDirectoryListener
{
    /// <summary>How long somebody in transfer may be nowhere, in milliseconds: longer than a frame that was lost takes to come again.</summary>
    private const long HeldMs = 2_000;

    /// <summary>How long after the start the others tell whom they have had all the time, in milliseconds.</summary>
    private const long FirstMs = 10_000;

    private readonly CharacterDirectory _own;
    private readonly ReplicaDirectory _replicas;
    private readonly IPresenceObserver[] _observers;
    private readonly ILogger _logger;
    private readonly MonotonicClock _clock;
    private readonly long _startedAtNs;

    // Guards the names whose state is to be looked at: each once, so there are never more than names. Never held over an observer's call.
    private readonly Lock _gate = new();
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, Character> _touched = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Character Last, long UntilNs)> _held = new(StringComparer.Ordinal);
    private bool _isTelling;

    // Of the one thread that tells.
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly HashSet<string> _departedAtFirst = new(StringComparer.Ordinal);

    /// <summary>Makes one that listens to the own characters from now on; those of others it is told of.</summary>
    public PresenceNotices(
        CharacterDirectory own, ReplicaDirectory replicas, IEnumerable<IPresenceObserver> observers, TimeProvider time, ILogger<PresenceNotices> logger)
    {
        _own = own;
        _replicas = replicas;
        _observers = [.. observers];
        _logger = logger;
        _clock = new MonotonicClock(time);
        _startedAtNs = _clock.NowNs;
        own.Listen(this);
    }

    /// <inheritdoc/>
    public void OnChanged(in Character character, bool isGone) => Touch(character);

    /// <summary>Something has changed about a character.</summary>
    /// <param name="character">As it is there, or was there last.</param>
    public void Touch(in Character character)
    {
        if (_observers.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            string key = character.Name.Key;
            if (!_touched.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _touched[key] = character;
            if (_isTelling)
            {
                return;
            }

            _isTelling = true;
        }

        TellAll();
    }

    /// <summary>Tells of those who were in transfer and have come nowhere. To be called now and then.</summary>
    public void Flush()
    {
        long nowNs = _clock.NowNs;
        List<Character>? due = null;
        lock (_gate)
        {
            foreach ((Character last, long untilNs) in _held.Values)
            {
                if (nowNs >= untilNs)
                {
                    (due ??= []).Add(last);
                }
            }
        }

        due?.ForEach(character => Touch(character));
    }

    private void TellAll()
    {
        while (true)
        {
            Character last;
            lock (_gate)
            {
                if (!_order.TryDequeue(out string? key))
                {
                    _isTelling = false;
                    return;
                }

                _touched.Remove(key, out last);
            }

            Tell(last);
        }
    }

    private void Tell(in Character last)
    {
        string key = last.Name.Key;
        bool isThere = _own.TryFind(key, out Character now);
        if (!isThere && _replicas.TryFind(key, out Sighting sighting))
        {
            (isThere, now) = (true, sighting.Character);
        }

        bool isSeen = isThere && !now.IsHidden;
        if (isSeen == _present.Contains(key))
        {
            Release(key);
        }
        else if (isSeen)
        {
            _present.Add(key);
            if (now.EnteredAtNs >= _startedAtNs || !IsFirst() || _departedAtFirst.Contains(key))
            {
                Call(now, hasArrived: true);
            }
        }
        else if (isThere || last.State != CharacterState.InTransfer || !Hold(last))
        {
            Release(key);
            _present.Remove(key);
            if (IsFirst())
            {
                _departedAtFirst.Add(key);
            }

            Call(isThere ? now : last, hasArrived: false);
        }
    }

    private bool IsFirst() => _clock.NowNs - _startedAtNs < FirstMs * 1_000_000;

    /// <summary>Waits for somebody who was in transfer.</summary>
    /// <returns>False when that has been long enough.</returns>
    private bool Hold(in Character last)
    {
        long nowNs = _clock.NowNs;
        lock (_gate)
        {
            if (_held.TryGetValue(last.Name.Key, out (Character Last, long UntilNs) held))
            {
                return nowNs < held.UntilNs;
            }

            _held.Add(last.Name.Key, (last, nowNs + (HeldMs * 1_000_000)));
            return true;
        }
    }

    private void Release(string key)
    {
        lock (_gate)
        {
            _held.Remove(key);
        }
    }

    private void Call(in Character character, bool hasArrived)
    {
        foreach (IPresenceObserver observer in _observers)
        {
            try
            {
                if (hasArrived)
                {
                    observer.OnArrived(character);
                }
                else
                {
                    observer.OnDeparted(character);
                }
            }
#pragma warning disable CA1031 // One observer's failure is neither the others' nor that of whoever has just logged in.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ChannelLog.ObserverFailed(_logger, exception);
            }
        }
    }
}
