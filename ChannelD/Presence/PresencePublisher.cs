using ChannelD.Diagnostics;
using ChannelD.Directory;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace ChannelD.Presence;

/// <summary>
/// Tells every other living channelD the state of the own characters: what has changed, in frames of which one is on its way at a time, and
/// everything to whoever is new or has missed something. A change goes out at once where nothing is on its way, and with the next frame
/// otherwise: a character that changes often is told of once, as it is then. For any thread. Does not own the transport.
/// </summary>
internal sealed class PresencePublisher
{
    /// <summary>Every so many heartbeats all numbers are looked at for a channelD that has come; a frame of it is noticed at once.</summary>
    private const int HeartbeatsPerSearch = 4;

    // Stands for the incarnation of a channelD that cannot be told from the one before it; that one of them is new shows in its frames.
    private const long Nameless = -1;

    private readonly ITransport _transport;
    private readonly PresenceFrameWriter _writer;
    private readonly int _ownInstance;
    private readonly ulong _generation;
    private readonly ILogger _logger;
    private readonly MonotonicClock _clock;
    private readonly PresencePeer[] _peers;

    // For whoever writes what follows: the timer, and the thread that reads.
    private readonly Lock _gate = new();

    // Those that are there; replaced as a whole, so that it is read without a lock.
    private volatile PresencePeer[] _present = [];
    private int _heartbeats;
    private volatile bool _hasEnded;

    /// <summary>Makes one that has told nobody anything.</summary>
    public PresencePublisher(
        ITransport transport, PresenceFrameWriter writer, int ownInstance, ulong generation, CharacterDirectory own, PeerOptions options, TimeProvider time, ILogger logger)
    {
        _transport = transport;
        _writer = writer;
        _ownInstance = ownInstance;
        _generation = generation;
        _logger = logger;
        _clock = new MonotonicClock(time);
        long heartbeatNs = options.HeartbeatMs * 1_000_000L;
        _peers = [.. Enumerable.Range(0, Mailbox.MaxInstance + 1).Select(instance => new PresencePeer(instance, writer.RoomBytes, own, heartbeatNs))];
    }

    /// <summary>A character of this channelD has come, changed or gone.</summary>
    public void OnChanged(in Character character)
    {
        foreach (PresencePeer peer in _present)
        {
            peer.Mark(character);
            Send(peer);
        }
    }

    /// <summary>A channelD has answered.</summary>
    public void OnAck(in PresenceAck ack)
    {
        if (ack.Generation == _generation
            && ack.ChannelId is >= 1 and <= Mailbox.MaxInstance + 1
            && _peers[ack.ChannelId - 1].Acknowledge(ack.Number, ack.WantsSnapshot))
        {
            Send(_peers[ack.ChannelId - 1]);
        }
    }

    /// <summary>Something of a channelD has arrived: if it was not known to be there, it is told everything now.</summary>
    public void OnHeard(int instance)
    {
        if ((uint)instance < (uint)_peers.Length && instance != _ownInstance && !_peers[instance].IsThere)
        {
            Look(instance);
        }
    }

    /// <summary>Looks who is there. To be called once a heartbeat.</summary>
    public void Look()
    {
        bool isSearch = _heartbeats++ % HeartbeatsPerSearch == 0;
        for (int instance = 0; instance < _peers.Length; instance++)
        {
            if (instance != _ownInstance && (isSearch || _peers[instance].IsThere))
            {
                Look(instance);
            }
        }
    }

    /// <summary>Sends what is due: what could not be sent, what was not answered, heartbeats. To be called several times a heartbeat.</summary>
    public void SendDue()
    {
        foreach (PresencePeer peer in _present)
        {
            var mailbox = new Mailbox(MailboxKind.Control, peer.Instance);
            if (peer.Unread is var unread && (unread == 0 || _transport.GetDepth(mailbox).Frames < unread))
            {
                Send(peer);
            }
        }
    }

    /// <summary>The queue was lost, and with it what was on its way.</summary>
    public void OnReset()
    {
        foreach (PresencePeer peer in _present)
        {
            peer.Resend();
        }
    }

    /// <summary>A channelD counts as gone. What lies in its mailboxes, also of this one's frames, would take the room of the others.</summary>
    public void OnGone(int instance)
    {
        var claim = new DaemonClaim(DaemonRole.ChannelD, instance);
        if (_peers[instance].LastIncarnation is not 0 and var last && _transport.GetIncarnation(claim) == 0)
        {
            int count = _transport.Discard(claim, last);
            if (count > 0)
            {
                ChannelLog.FramesDiscarded(_logger, count, instance + 1);
            }
        }
    }

    /// <summary>Tells everybody that this channelD stops. Nothing is sent afterwards.</summary>
    public void SayFarewell()
    {
        _hasEnded = true;
        foreach (PresencePeer peer in _present)
        {
            if (peer.Farewell() is { } frame)
            {
                _ = TrySend(peer, frame);
            }
        }
    }

    private void Look(int instance)
    {
        var claim = new DaemonClaim(DaemonRole.ChannelD, instance);
        long incarnation = _transport.GetIncarnation(claim);
        if (incarnation == 0 && _transport.IsPresent(claim) == true)
        {
            // In another PID namespace, as in containers: it is there, and its process has no number here.
            incarnation = Nameless;
        }

        PresencePeer peer = _peers[instance];
        bool wasThere = peer.IsThere;
        if (_hasEnded || (incarnation == 0 && !wasThere))
        {
            return;
        }

        peer.SetIncarnation(incarnation);
        if (wasThere != (incarnation != 0))
        {
            lock (_gate)
            {
                _present = [.. _peers.Where(other => other.IsThere)];
            }

            ChannelLog.PeerSeen(_logger, instance + 1, incarnation != 0);
        }

        Send(peer);
    }

    private void Send(PresencePeer peer)
    {
        if (!_hasEnded && peer.Next(_clock.NowNs) is { } frame)
        {
            bool isSent = TrySend(peer, frame);
            peer.OnSent(frame, isSent, _clock.NowNs);
        }
    }

    private bool TrySend(PresencePeer peer, PresenceFrame frame)
    {
        using var buffer = new PooledBuffer(_writer.MaxFrameBytes);
        _writer.Write(frame, _clock.NowNs, buffer);
        return _transport.TrySend(new Mailbox(MailboxKind.Control, peer.Instance), buffer.WrittenSpan) == SendStatus.Sent;
    }
}
