using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Gateway;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace ChannelD.Presence;

/// <summary>
/// This channelD among the others: tells them of its characters, hears of theirs, and gives up a character that another one has by right. For any
/// thread. Does not own the transport.
/// </summary>
internal sealed class ChannelPresence : IControlReceiver, IDirectoryListener, IReplicaListener, IDisposable
{
    // What found the queue full, or was not answered, is tried again this often in a heartbeat.
    private const int TicksPerHeartbeat = 5;

    private readonly PresenceParts _parts;
    private readonly PresencePublisher _publisher;
    private readonly PresenceReplica _replica;
    private readonly ITransport _transport;
    private readonly FrameCodec _codec;
    private readonly int _ownInstance;
    private readonly ulong _generation;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly TimeSpan _period;
    private int _ticks;
    private int _isTicking;
    private volatile bool _hasEnded;

    /// <summary>Makes one that is silent until <see cref="Start"/>.</summary>
    public ChannelPresence(
        PresenceParts parts,
        ITransport transport,
        FrameCodec codec,
        int channelId,
        ulong generation,
        PeerOptions options,
        TimeProvider time,
        ILogger<ChannelPresence> logger)
    {
        _parts = parts;
        _transport = transport;
        _codec = codec;
        _ownInstance = channelId - 1;
        _generation = generation;
        _logger = logger;

        // Never 0, so that every run of a channel is later than none.
        long startedAtNs = Math.Max(new MonotonicClock(time).NowNs, 1);
        var writer = new PresenceFrameWriter(codec, transport.Limits, channelId, generation, startedAtNs);
        _publisher = new PresencePublisher(transport, writer, _ownInstance, generation, parts.Own, options, time, logger);
        _replica = new PresenceReplica(channelId, parts.Replicas, this, options, time, logger);
        _period = TimeSpan.FromMilliseconds(options.HeartbeatMs / (double)TicksPerHeartbeat);
        _timer = time.CreateTimer(static state => ((ChannelPresence)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to tell. The control mailbox is being read already, or soon is.</summary>
    public void Start()
    {
        _parts.Own.Listen(this);
        _timer.Change(TimeSpan.Zero, _period);
    }

    /// <inheritdoc/>
    public void OnFrame(in Envelope envelope, ReadOnlySpan<byte> body)
    {
        if (_hasEnded)
        {
            return;
        }

        var reader = new MessagePackReader(body);
        if (MessageTypes.Peek(body) == MessageTypes.PresenceAck)
        {
            _publisher.OnAck(PresenceAck.Read(ref reader));
            return;
        }

        PresenceUpdate update = PresenceUpdate.Read(ref reader);
        if (_replica.Take(envelope.Generation, update) is { } answer)
        {
            _publisher.OnHeard(update.ChannelId - 1);
            _ = ControlFrames.TrySend(_transport, _codec, new Mailbox(MailboxKind.Control, update.ChannelId - 1), _generation, answer);
        }
    }

    /// <inheritdoc/>
    public void OnReset() => _publisher.OnReset();

    /// <inheritdoc/>
    public void OnChanged(in Character character, bool isGone)
    {
        if (_hasEnded)
        {
            return;
        }

        _publisher.OnChanged(character);
        if (!isGone)
        {
            Settle(character.Name.Key);
        }
    }

    /// <inheritdoc/>
    public void OnReplicaChanged(in Character character, bool isGone)
    {
        // Also when it is gone: of three that had the name, the claim of another may have stood behind it.
        Settle(character.Name.Key);
        _parts.Notices.Touch(character);
    }

    /// <summary>Tells the others that this channelD stops: what it told ends at once. Nothing more is told or heard.</summary>
    public void SayFarewell()
    {
        _hasEnded = true;
        _publisher.SayFarewell();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasEnded = true;
        _timer.Dispose();
    }

    /// <summary>
    /// If another channelD has a character too and has it by right, it is given up here. Asked whenever either side changes, after the change: so
    /// one of both asks when both are there.
    /// </summary>
    private void Settle(string key)
    {
        if (!_parts.Own.TryFind(key, out Character mine)
            || !_parts.Replicas.TryFindClaim(key, out Character theirs, out int instance)
            || !Precedence.Wins(theirs.Session, theirs.EnteredAtNs, instance, mine.Session, mine.EnteredAtNs, _ownInstance)
            || !_parts.Own.Leave(mine.Session, mine.EnteredAtNs))
        {
            return;
        }

        if (theirs.Session == mine.Session)
        {
            // Its chatD has moved it there; the log-out here is late, or lost.
            ChannelLog.CharacterMoved(_logger, instance + 1);
            return;
        }

        ChannelLog.NameLost(_logger, instance + 1);
        _ = _parts.Events.TryEnd(mine.Session, CommonCodes.NameTaken);
    }

    private void OnTimer()
    {
        if (_hasEnded || Interlocked.Exchange(ref _isTicking, 1) != 0)
        {
            return;
        }

        try
        {
            if (_ticks++ % TicksPerHeartbeat == 0)
            {
                _publisher.Look();
                foreach (int instance in _replica.Sweep())
                {
                    _publisher.OnGone(instance);
                }

                _parts.Notices.Flush();
            }

            _publisher.SendDue();
        }
        catch (ObjectDisposedException) when (_hasEnded)
        {
            // This call was under way when the transport was disposed; a timer's thread has nobody to throw to.
        }
#pragma warning disable CA1031 // As above; and the next tick tells again what is left.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChannelLog.PresenceFailed(_logger, exception);
        }
        finally
        {
            Volatile.Write(ref _isTicking, 0);
        }
    }
}
