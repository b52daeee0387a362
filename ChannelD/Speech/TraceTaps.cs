using ChannelD.Directory;
using Shared.Protocol.Administration;

namespace ChannelD.Speech;

/// <summary>The operators who trace somebody at this channelD. While there is none it costs the look at an array. For any thread.</summary>
/// <param name="time">Where the time comes from.</param>
public sealed class TraceTaps(TimeProvider time)
{
    private readonly Lock _gate = new();

    // Replaced as a whole, so that it is read without the lock.
    private volatile TraceTap[] _taps = [];

    /// <summary>How many there are.</summary>
    public int Count => _taps.Length;

    /// <summary>Begins to show somebody what a character says; null where too many are shown something already. Its disposal ends it.</summary>
    internal TraceTap? TryOpen(string key)
    {
        lock (_gate)
        {
            if (_taps.Length >= AdminLimits.MaxTraces)
            {
                return null;
            }

            var tap = new TraceTap(key, Close);
            _taps = [.. _taps, tap];
            return tap;
        }
    }

    /// <summary>A character says something.</summary>
    internal void Offer(in Character speaker, in Utterance said)
    {
        foreach (TraceTap tap in _taps)
        {
            if (tap.Key == speaker.Name.Key)
            {
                tap.Offer(new TracedLine(time.GetUtcNow(), speaker.Name.Display, said));
            }
        }
    }

    private void Close(TraceTap tap)
    {
        lock (_gate)
        {
            _taps = [.. _taps.Where(other => other != tap)];
        }
    }
}
