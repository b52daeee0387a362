using Shared.Protocol.Messages.Commands;

namespace ChatD.Events;

/// <summary>
/// Keeps messages back, bounded and for a moment, while the sentence of one of them is on its way: a channelD that has just come may push before its
/// texts are here. What stands behind such a message waits with it, so the order stays. Handed on by one thread at a time. Safe on every thread.
/// </summary>
internal sealed class TextGate : IDisposable
{
    /// <summary>How many messages may wait; what is beyond is dropped, which shows in their numbers.</summary>
    public const int MaxWaiting = 1024;

    /// <summary>How long they wait: texts that are not here then are not coming, and a code is better than nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Func<int, TextCatalogue> _texts;
    private readonly Action<PushedMessage> _handOn;
    private readonly Action<PushedMessage, Exception> _onFault;
    private readonly ITimer _timer;

    // Guards what follows. Not held while anything is handed on.
    private readonly Lock _gate = new();
    private readonly Queue<PushedMessage> _waiting = new();
    private TextCatalogue? _inVain;
    private bool _isHandingOn;
    private bool _isTimed;
    private bool _isDisposed;

    /// <summary>Makes one that is open.</summary>
    /// <param name="texts">The texts of a channelD, by its number, as they are at present.</param>
    /// <param name="handOn">Takes the messages; what it throws costs that message alone.</param>
    /// <param name="onFault">Is told of that.</param>
    /// <param name="time">The clock of the patience.</param>
    public TextGate(Func<int, TextCatalogue> texts, Action<PushedMessage> handOn, Action<PushedMessage, Exception> onFault, TimeProvider time)
    {
        _texts = texts;
        _handOn = handOn;
        _onFault = onFault;
        _timer = time.CreateTimer(static state => ((TextGate)state!).GiveUp(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Hands a message on, or keeps it back.</summary>
    public void Pass(in PushedMessage message)
    {
        lock (_gate)
        {
            if (_waiting.Count >= MaxWaiting)
            {
                return;
            }

            _waiting.Enqueue(message);
            if (_isHandingOn)
            {
                return;
            }

            _isHandingOn = true;
        }

        HandOn();
    }

    /// <summary>Other texts are here.</summary>
    public void OnTextsChanged()
    {
        lock (_gate)
        {
            if (_isHandingOn)
            {
                return;
            }

            _isHandingOn = true;
        }

        HandOn();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _timer.Dispose();
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            _isTimed = false;
            _inVain = _waiting.TryPeek(out PushedMessage first) ? _texts(first.ChannelInstance) : null;
        }

        try
        {
            OnTextsChanged();
        }
        catch (ObjectDisposedException) when (Volatile.Read(ref _isDisposed))
        {
            // This call was under way when the timer was disposed, and the transport after it; a timer's thread has nobody to throw to.
        }
    }

    private void HandOn()
    {
        while (TryTakeNext(out PushedMessage message))
        {
            try
            {
                _handOn(message);
            }
            catch (ObjectDisposedException) when (Volatile.Read(ref _isDisposed))
            {
                // The daemon stops.
            }
#pragma warning disable CA1031 // One message that cannot be given must not keep the later ones waiting, nor end the thread, which may be a timer's.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _onFault(message, exception);
            }
        }
    }

    private bool TryTakeNext(out PushedMessage message)
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out message))
            {
                TextCatalogue texts = _texts(message.ChannelInstance);
                if (message.Event is not { } shown || texts == _inVain || texts.Has(shown.Command, shown.Code))
                {
                    _ = _waiting.Dequeue();
                    return true;
                }

                if (!_isTimed)
                {
                    _isTimed = true;
                    _timer.Change(Patience, Timeout.InfiniteTimeSpan);
                }
            }

            _isHandingOn = false;
            return false;
        }
    }
}
