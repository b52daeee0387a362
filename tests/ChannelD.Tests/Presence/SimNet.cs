using Shared.Protocol.Transport;
using Testing.Support.Time;

namespace ChannelD.Tests.Presence;

/// <summary>
/// The control mailboxes of several channelDs in one process, on one virtual time: as bounded as a queue, and able to lose, double, delay and
/// replay what they carry. Frames for a process that is stopped wait; those for one that is gone wait for its successor.
/// </summary>
internal sealed class SimNet(ManualTime time, Random random)
{
    private const int KeptForReplay = 200;

    private readonly Dictionary<int, SimChannel> _readers = [];
    private readonly Dictionary<int, List<byte[]>> _waiting = [];
    private readonly List<(int To, byte[] Frame)> _old = [];
    private long _bytes;
    private int _frames;

    public static TransportLimits Limits { get; } = new(MaxFrameBytes: 8192, RequestCapacityBytes: 16384, ResultCapacityBytes: 16384, IsShared: false);

    /// <summary>Of a hundred frames so many are lost, so many doubled.</summary>
    public int LossPercent { get; set; }

    public int DoublePercent { get; set; }

    /// <summary>How long a frame takes at most: those of different length overtake each other.</summary>
    public int MaxDelayMs { get; set; }

    public int MaxFrameSeen { get; private set; }

    public long Sent { get; private set; }

    public MailboxDepth Depth => new(_frames, _bytes);

    public void Attach(SimChannel channel)
    {
        _readers[channel.Instance] = channel;
        Flush(channel);
    }

    public void Detach(SimChannel channel)
    {
        if (_readers.GetValueOrDefault(channel.Instance) == channel)
        {
            _readers.Remove(channel.Instance);
        }
    }

    public long IncarnationOf(int instance) => _readers.GetValueOrDefault(instance)?.Incarnation ?? 0;

    public int Discard(int instance, long incarnation)
    {
        if (_readers.TryGetValue(instance, out SimChannel? present) && present.Incarnation != incarnation)
        {
            return 0;
        }

        List<byte[]> waiting = WaitingFor(instance);
        int count = waiting.Count;
        waiting.ForEach(Took);
        waiting.Clear();
        return count;
    }

    public SendStatus Send(SimChannel from, Mailbox to, byte[] frame)
    {
        Assert.True(from.IsThere, "A process that is gone sends nothing.");
        Assert.Equal(MailboxKind.Control, to.Kind);
        if (_bytes + frame.Length > Limits.RequestCapacityBytes)
        {
            return SendStatus.Full;
        }

        Sent++;
        MaxFrameSeen = Math.Max(MaxFrameSeen, frame.Length);
        if (random.Next(100) < LossPercent)
        {
            return SendStatus.Sent;
        }

        Put(to.Instance, frame);
        if (random.Next(100) < DoublePercent)
        {
            Put(to.Instance, frame);
        }

        if (_old.Count < KeptForReplay)
        {
            _old.Add((to.Instance, frame));
        }
        else
        {
            _old[random.Next(KeptForReplay)] = (to.Instance, frame);
        }

        return SendStatus.Sent;
    }

    /// <summary>A frame of long ago arrives once more.</summary>
    public void Replay()
    {
        if (_old.Count > 0)
        {
            (int to, byte[] frame) = _old[random.Next(_old.Count)];
            Put(to, frame);
        }
    }

    /// <summary>Hands a reader what has waited for it.</summary>
    public void Flush(SimChannel reader)
    {
        List<byte[]> waiting = WaitingFor(reader.Instance);
        while (reader.IsRunning && waiting.Count > 0)
        {
            byte[] frame = waiting[0];
            waiting.RemoveAt(0);
            Took(frame);
            reader.Receive(frame);
        }
    }

    private void Put(int to, byte[] frame)
    {
        _bytes += frame.Length;
        _frames++;
        var delay = TimeSpan.FromMicroseconds(50 + random.Next((MaxDelayMs * 1000) + 1));
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                WaitingFor(to).Add(frame);
                if (_readers.TryGetValue(to, out SimChannel? reader))
                {
                    Flush(reader);
                }
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    private void Took(byte[] frame)
    {
        _bytes -= frame.Length;
        _frames--;
    }

    private List<byte[]> WaitingFor(int instance)
    {
        if (!_waiting.TryGetValue(instance, out List<byte[]>? waiting))
        {
            waiting = [];
            _waiting.Add(instance, waiting);
        }

        return waiting;
    }
}
