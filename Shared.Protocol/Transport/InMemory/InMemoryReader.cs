using System.Buffers;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Transport.InMemory;

/// <summary>Reads one mailbox on a background thread of its own.</summary>
internal sealed class InMemoryReader(
    Mailbox address, InMemoryMailbox mailbox, IFrameReceiver receiver, TransportMetrics metrics, Action<Mailbox, Exception>? receiverFailed)
{
    private const int WaitMs = 1000;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStopping;

    internal void Start() => new Thread(Run)
    {
        IsBackground = true,
        Name = $"memory-read {address.Kind.ToString().ToLowerInvariant()}#{address.Instance}",
    }.Start();

    /// <summary>Ends the thread after the frame in hand; the others stay in the mailbox.</summary>
    internal Task StopAsync()
    {
        Volatile.Write(ref _isStopping, true);
        mailbox.Wake();
        return _ended.Task;
    }

    private void Run()
    {
        try
        {
            while (!Volatile.Read(ref _isStopping))
            {
                if (mailbox.TryTake(WaitMs, out InMemoryFrame frame))
                {
                    Deliver(frame);
                }
            }
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void Deliver(InMemoryFrame frame)
    {
        try
        {
            receiver.OnFrame(frame.Array.AsSpan(0, frame.LengthBytes));
        }
        catch (Exception exception)
        {
            metrics.ReceiverFault();
            receiverFailed?.Invoke(address, exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame.Array);
        }
    }
}
