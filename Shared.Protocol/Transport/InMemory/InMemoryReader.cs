using System.Buffers;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Transport.InMemory;

/// <summary>Reads one mailbox on a background thread of its own; on another one when that one does not come back from its receiver.</summary>
internal sealed class InMemoryReader(
    Mailbox address, InMemoryMailbox mailbox, IFrameReceiver receiver, TransportMetrics metrics, Action<Mailbox, Exception>? receiverFailed)
{
    private const int WaitMs = 1000;

    // So many frames without a pause, then what they set off leaves.
    private const int MaxBurst = 64;

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

                if (receiver.ExpectsMore)
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
        receiver.OnBurstBegin();
        Deliver(frame);
        for (int frames = 1; frames < MaxBurst && receiver.ExpectsMore && Volatile.Read(ref _turn) == turn && !Volatile.Read(ref _isStopping); frames++)
        {
            if (!mailbox.TryTake(0, out frame))
            {
                break;
            }

            Deliver(frame);
        }

        try
        {
            receiver.OnBurstEnd();
        }
        catch (Exception exception)
        {
            OnReceiverFailed(exception);
        }
    }

    private void OnReceiverFailed(Exception exception)
    {
        metrics.ReceiverFault();
        receiverFailed?.Invoke(address, exception);
    }

    private void Deliver(InMemoryFrame frame)
    {
        try
        {
            receiver.OnFrame(frame.Array.AsSpan(0, frame.LengthBytes));
        }
        catch (Exception exception)
        {
            OnReceiverFailed(exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame.Array);
        }
    }
}
