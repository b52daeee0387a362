using System.Buffers;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Transport.InMemory;

/// <summary>Reads one mailbox on a background thread of its own; on another one when that one does not come back from its receiver.</summary>
internal sealed class InMemoryReader(
    Mailbox address, InMemoryMailbox mailbox, IFrameReceiver receiver, TransportMetrics metrics, Action<Mailbox, Exception>? receiverFailed)
{
    private const int WaitMs = 1000;

    private readonly GuardedReceiver _receiver = new(receiver, exception =>
    {
        metrics.ReceiverFault();
        receiverFailed?.Invoke(address, exception);
    });

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStopping;

    // Which thread reads: each is given a number, and goes on while it is this one.
    private int _turn;

    internal void Start() => StartThread(_turn);

    /// <summary>See <see cref="ITransport.ReplaceReader"/>.</summary>
    internal void Replace() => StartThread(Interlocked.Increment(ref _turn));

    /// <summary>Ends the thread after the frame in hand; the others stay in the mailbox.</summary>
    internal Task StopAsync()
    {
        Volatile.Write(ref _isStopping, true);
        mailbox.Wake();
        return _ended.Task;
    }

    private void StartThread(int turn) => new Thread(() => Run(turn))
    {
        IsBackground = true,
        Name = $"memory-read {address.Kind.ToString().ToLowerInvariant()}#{address.Instance}",
    }.Start();

    private void Run(int turn)
    {
        try
        {
            while (Volatile.Read(ref _turn) == turn && !Volatile.Read(ref _isStopping))
            {
                if (!mailbox.TryTake(WaitMs, out InMemoryFrame frame))
                {
                    continue;
                }

                if (_receiver.ExpectsMore)
                {
                    DeliverBurst(frame, turn);
                }
                else
                {
                    Deliver(frame);
                }
            }
        }
        finally
        {
            if (Volatile.Read(ref _turn) == turn)
            {
                _ended.TrySetResult();
            }
        }
    }

    private void DeliverBurst(InMemoryFrame frame, int turn)
    {
        _receiver.OnBurstBegin();
        Deliver(frame);
        for (int frames = 1; frames < GuardedReceiver.MaxBurst && _receiver.ExpectsMore && Volatile.Read(ref _turn) == turn && !Volatile.Read(ref _isStopping); frames++)
        {
            if (!mailbox.TryTake(0, out frame))
            {
                break;
            }

            Deliver(frame);
        }

        _receiver.OnBurstEnd();
    }

    private void Deliver(InMemoryFrame frame)
    {
        _receiver.OnFrame(frame.Array.AsSpan(0, frame.LengthBytes));
        ArrayPool<byte>.Shared.Return(frame.Array);
    }
}
