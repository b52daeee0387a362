using System.Runtime.InteropServices;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChannelD.Presence;

/// <summary>
/// Takes what the other channelDs tell, frame by frame, and ends what they told when they are replaced, take their leave, or are silent for a
/// whole lease. Frames of a run count in the order of their numbers, each once; a gap, or a run that is not known, asks for a snapshot. Of two runs
/// of a channel the one that started later counts: a frame of the earlier one changes nothing. For any thread.
/// </summary>
internal sealed class PresenceReplica
{
    /// <summary>How many characters are taken out under one lock.</summary>
    private const int AtOnce = 256;

    /// <summary>How long it is remembered whom a silent channelD had, in milliseconds: only so that log and metric can tell "expired" from "unknown".</summary>
    private const long RememberedMs = 60_000;

    private const long NsPerMs = 1_000_000;

    private readonly int _ownId;
    private readonly ReplicaDirectory _replicas;
    private readonly IReplicaListener _listener;
    private readonly ILogger _logger;
    private readonly MonotonicClock _clock;
    private readonly long _leaseNs;

    // Guards what follows, and the numbers in the owners. Taken before the lock of the directory; never held over a listener's call.
    private readonly Lock _gate = new();
    private readonly Run[] _runs = new Run[Mailbox.MaxInstance + 1];
    private readonly List<(ReplicaOwner Owner, long UntilNs)> _expired = [];
    private readonly MapNames _maps = new();
    private long _lastSweepNs;

    /// <summary>Makes one that has heard of nobody.</summary>
    public PresenceReplica(
        int ownId, ReplicaDirectory replicas, IReplicaListener listener, PeerOptions options, TimeProvider time, ILogger logger)
    {
        _ownId = ownId;
        _replicas = replicas;
        _listener = listener;
        _logger = logger;
        _clock = new MonotonicClock(time);
        _leaseNs = options.LeaseMs * NsPerMs;
        _lastSweepNs = _clock.NowNs;
    }

    /// <summary>Takes a frame.</summary>
    /// <param name="generation">Its sender's generation.</param>
    /// <param name="update">The frame.</param>
    /// <returns>What its sender is to be answered; null for nothing.</returns>
    public PresenceAck? Take(ulong generation, in PresenceUpdate update)
    {
        if (update.ChannelId is < 1 or > Mailbox.MaxInstance + 1 || update.ChannelId == _ownId || update.Number == 0)
        {
            ChannelLog.PresenceDropped(_logger, update.ChannelId);
            return null;
        }

        var effects = new Effects();
        PresenceAck? answer;
        lock (_gate)
        {
            answer = Take(generation, update, effects);
        }

        Tell(effects);
        return answer;
    }

    /// <summary>Ends the leases of those who have been silent for too long. To be called once a heartbeat.</summary>
    /// <returns>The numbers of those whose lease has ended now.</returns>
    public IReadOnlyList<int> Sweep()
    {
        // A process that was itself stopped or starved for long has not listened either: it waits once more before it judges.
        long nowNs = _clock.NowNs;
        bool hasListened = nowNs - _lastSweepNs <= _leaseNs / 2;
        _lastSweepNs = nowNs;
        var effects = new Effects();
        var expired = new List<int>();
        lock (_gate)
        {
            for (int instance = 0; instance < _runs.Length && hasListened; instance++)
            {
                if (_runs[instance].Owner is { IsLive: true } owner && nowNs - owner.LastHeardNs > _leaseNs)
                {
                    (int channelId, int count) = (instance + 1, owner.Count);
                    effects.Logs.Add(() => ChannelLog.PresenceExpired(_logger, channelId, count, _leaseNs / NsPerMs));
                    Expire(owner, nowNs, effects);
                    expired.Add(instance);
                }
            }

            for (int i = _expired.Count - 1; i >= 0; i--)
            {
                if (nowNs >= _expired[i].UntilNs)
                {
                    RemoveAll(_expired[i].Owner, []);
                    _expired.RemoveAt(i);
                }
            }
        }

        Tell(effects);
        return expired;
    }

    private PresenceAck? Take(ulong generation, in PresenceUpdate update, Effects effects)
    {
        int instance = update.ChannelId - 1;
        ref Run run = ref _runs[instance];
        if (generation != run.Generation)
        {
            if (update.StartedAtNs <= run.StartedAtNs)
            {
                // Of a process that ran before the one that is known.
                return null;
            }

            End(ref run, effects);
            run = new Run { Generation = generation, StartedAtNs = update.StartedAtNs };
        }

        if (run.HasDeparted)
        {
            return null;
        }

        if (update.Flags.HasFlag(PresenceFlags.Farewell))
        {
            (int channelId, int count) = (update.ChannelId, run.Owner?.Count ?? 0);
            effects.Logs.Add(() => ChannelLog.PresenceLeft(_logger, channelId, count));
            End(ref run, effects);
            run.HasDeparted = true;
            return null;
        }

        // Of a frame that has lain in the mailbox, the time when it was sent counts; never one to come.
        long nowNs = _clock.NowNs;
        long sentAtNs = Math.Min(update.SentAtNs, nowNs);
        bool isReset = update.Flags.HasFlag(PresenceFlags.Reset);
        bool isKnown = run.Owner is { IsLive: true };
        if (update.Number <= run.LastNumber)
        {
            // Taken already, its answer was lost. It may be old: it does not show that its sender lives.
            return Answer(update, generation, wantsSnapshot: !isKnown);
        }

        bool canBegin = isReset && (isKnown || nowNs - sentAtNs <= _leaseNs);
        if (!canBegin && (!isKnown || update.Number != run.LastNumber + 1))
        {
            if (isKnown && update.Number > run.HighestNumber)
            {
                run.Owner!.LastHeardNs = Math.Max(run.Owner.LastHeardNs, sentAtNs);
                run.HighestNumber = update.Number;
            }

            return Answer(update, generation, wantsSnapshot: true);
        }

        ReplicaOwner owner = isKnown ? run.Owner! : Welcome(ref run, instance, effects);
        owner.LastHeardNs = Math.Max(owner.LastHeardNs, sentAtNs);
        run.LastNumber = update.Number;
        run.HighestNumber = Math.Max(run.HighestNumber, update.Number);
        if (isReset)
        {
            owner.Snapshot++;
            owner.IsInSnapshot = true;
        }

        Apply(owner, update.Entries, effects);
        if (owner.IsInSnapshot && update.Flags.HasFlag(PresenceFlags.Complete))
        {
            owner.IsInSnapshot = false;
            var removed = new List<Character>();
            while (_replicas.RemoveUnrenewed(owner, AtOnce, removed))
            {
            }

            removed.ForEach(character => effects.Changes.Add(new Change(character, IsGone: true)));
            int count = owner.Count;
            effects.Logs.Add(() => ChannelLog.PresenceComplete(_logger, owner.Instance + 1, count));
        }

        return Answer(update, generation, wantsSnapshot: false);
    }

    private void Apply(ReplicaOwner owner, IReadOnlyList<PresenceEntry> entries, Effects effects)
    {
        var told = new List<Character>(entries.Count);
        var isGone = new List<bool>(entries.Count);
        foreach (PresenceEntry entry in entries)
        {
            if (!PresenceEntries.TryRead(entry, _maps, out Character character))
            {
                // Only a channelD with other rules for names says such a thing. The rest of what it says is good.
                effects.Logs.Add(() => ChannelLog.PresenceDropped(_logger, owner.Instance + 1));
                continue;
            }

            if (!entry.IsRemoved)
            {
                effects.Changes.Add(new Change(character, IsGone: false));
            }
            else if (_replicas.TryFindClaim(character.Name.Key, owner, out Character last))
            {
                effects.Changes.Add(new Change(last with { State = character.State }, IsGone: true));
            }

            told.Add(character);
            isGone.Add(entry.IsRemoved);
        }

        _replicas.Apply(owner, CollectionsMarshal.AsSpan(told), CollectionsMarshal.AsSpan(isGone));
    }

    private ReplicaOwner Welcome(ref Run run, int instance, Effects effects)
    {
        if (run.Owner is { } before)
        {
            // It was silent for too long, and begins anew.
            RemoveAll(before, []);
            _expired.RemoveAll(expired => ReferenceEquals(expired.Owner, before));
        }

        run.Owner = new ReplicaOwner(instance, run.Generation);
        _replicas.SetOwner(run.Owner);
        ReplicaOwner owner = run.Owner;
        effects.Logs.Add(() => ChannelLog.PresenceBegun(_logger, instance + 1, owner.Generation));
        return owner;
    }

    /// <summary>A run has ended for good.</summary>
    private void End(ref Run run, Effects effects)
    {
        if (run.Owner is not { } owner)
        {
            return;
        }

        bool wasLive = owner.IsLive;
        owner.IsLive = false;
        var removed = new List<Character>();
        RemoveAll(owner, removed);
        if (wasLive)
        {
            removed.ForEach(character => effects.Changes.Add(new Change(character, IsGone: true)));
        }

        _expired.RemoveAll(expired => ReferenceEquals(expired.Owner, owner));
    }

    /// <summary>A run is silent: what it told does not count any more, and is remembered for a while.</summary>
    private void Expire(ReplicaOwner owner, long nowNs, Effects effects)
    {
        owner.IsLive = false;
        var gone = new List<Character>();
        ReplicaEntry? cursor = null;
        do
        {
            _replicas.CopyNext(owner, ref cursor, AtOnce, gone);
        }
        while (cursor is not null);

        gone.ForEach(character => effects.Changes.Add(new Change(character, IsGone: true)));
        _expired.Add((owner, nowNs + (RememberedMs * NsPerMs)));
    }

    private void RemoveAll(ReplicaOwner owner, List<Character> removed)
    {
        while (_replicas.RemoveNext(owner, AtOnce, removed))
        {
        }
    }

    private PresenceAck Answer(in PresenceUpdate update, ulong generation, bool wantsSnapshot) =>
        new(_ownId, generation, update.Number, wantsSnapshot);

    private void Tell(Effects effects)
    {
        effects.Logs.ForEach(log => log());
        foreach (Change change in effects.Changes)
        {
            _listener.OnReplicaChanged(change.Character, change.IsGone);
        }
    }

    private readonly record struct Change(Character Character, bool IsGone);

    /// <summary>What is to be told when the lock is free again.</summary>
    private sealed class Effects
    {
        public List<Change> Changes { get; } = [];

        public List<Action> Logs { get; } = [];
    }

    /// <summary>The latest process of a channel that was heard of.</summary>
    private struct Run
    {
        public ulong Generation;
        public long StartedAtNs;
        public bool HasDeparted;

        /// <summary>The number of the last frame taken; 0 for none.</summary>
        public ulong LastNumber;

        /// <summary>The highest number seen, taken or not: a frame above it shows that its sender lives.</summary>
        public ulong HighestNumber;

        /// <summary>What it told; null before its first snapshot began.</summary>
        public ReplicaOwner? Owner;
    }
}
