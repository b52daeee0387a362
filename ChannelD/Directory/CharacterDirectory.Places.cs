using Shared.Protocol.Names;

namespace ChannelD.Directory;

/// <content>Where characters go: maps, channels, the cash shop.</content>
public sealed partial class CharacterDirectory
{
    /// <summary>How long a character may be on the way to another channelD, in milliseconds: after that it is where it was.</summary>
    public const int TransferMs = 15_000;

    private const long NsPerMs = 1_000_000;

    /// <summary>Takes the character of a session to another map of its channel.</summary>
    /// <param name="session">The session.</param>
    /// <param name="map">The map.</param>
    /// <param name="load">How long loading it takes; zero for at once.</param>
    /// <param name="character">The character as it now is; default if there is no such session.</param>
    public MoveStatus Move(SessionId session, MapName map, TimeSpan load, out Character character) =>
        Change(session, out character, (Map: map, Load: load), static (directory, entry, to, nowNs) =>
            entry.Map == to.Map ? MoveStatus.AlreadyThere : directory.Place(entry, entry.Channel, to.Map, to.Load, nowNs));

    /// <summary>Takes the character of a session to another channel that this channelD runs; it stays in its map.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="load">How long loading the map there takes; zero for at once.</param>
    /// <param name="character">The character as it now is; default if there is no such session.</param>
    public MoveStatus ChangeChannel(SessionId session, int channel, TimeSpan load, out Character character) =>
        Change(session, out character, (Channel: channel, Load: load), static (directory, entry, to, nowNs) =>
            entry.Channel == to.Channel ? MoveStatus.AlreadyThere : directory.Place(entry, to.Channel, entry.Map, to.Load, nowNs));

    /// <summary>
    /// The character of a session is on its way to a channel that another channelD runs: in transfer until it leaves, until its session enters here
    /// again (then it stays), or until <see cref="TransferMs"/> have passed.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="toChannel">The channel.</param>
    public MoveStatus BeginTransfer(SessionId session, int toChannel) =>
        Change(session, out _, toChannel, static (_, entry, to, nowNs) =>
        {
            if (entry.Channel == to)
            {
                return MoveStatus.AlreadyThere;
            }

            entry.TransferTo = to;
            entry.TransferUntilNs = nowNs + (TransferMs * NsPerMs);
            return MoveStatus.Started;
        });

    /// <summary>The character of a session enters the cash shop: it is in no map then.</summary>
    public MoveStatus EnterCashShop(SessionId session)
    {
        MoveStatus status = Change(session, out _, 0, static (directory, entry, _, _) =>
        {
            directory._rooms.Remove(entry);
            entry.IsInCashShop = true;
            return MoveStatus.Done;
        });
        return status == MoveStatus.InCashShop ? MoveStatus.AlreadyThere : status;
    }

    /// <summary>The character of a session returns from the cash shop to its map.</summary>
    /// <returns><see cref="MoveStatus.AlreadyThere"/> if it was not in the cash shop.</returns>
    public MoveStatus LeaveCashShop(SessionId session)
    {
        Character character;
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                return MoveStatus.NoSession;
            }

            if (!entry.IsInCashShop)
            {
                return MoveStatus.AlreadyThere;
            }

            entry.IsInCashShop = false;
            _rooms.Add(entry);
            character = entry.SnapshotAt(_clock.NowNs);
        }

        Tell(character, isGone: false);
        return MoveStatus.Done;
    }

    /// <summary>Changes the place of a character that stands in a map; whoever is elsewhere is refused.</summary>
    private MoveStatus Change<T>(
        SessionId session, out Character character, T to, Func<CharacterDirectory, CharacterEntry, T, long, MoveStatus> change)
    {
        MoveStatus status;
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                character = default;
                return MoveStatus.NoSession;
            }

            long nowNs = _clock.NowNs;
            status = entry.StateAt(nowNs) switch
            {
                CharacterState.CashShop => MoveStatus.InCashShop,
                CharacterState.InTransfer => MoveStatus.InTransfer,
                _ => change(this, entry, to, nowNs),
            };
            character = entry.SnapshotAt(nowNs);
        }

        Tell(character, isGone: false, hasChanged: status is MoveStatus.Done or MoveStatus.Started);
        return status;
    }

    private MoveStatus Place(CharacterEntry entry, int channel, MapName map, TimeSpan load, long nowNs)
    {
        _rooms.Remove(entry);
        entry.Channel = channel;
        entry.Map = map;
        _rooms.Add(entry);
        entry.EndTransfer();
        if (load <= TimeSpan.Zero)
        {
            return MoveStatus.Done;
        }

        entry.TransferUntilNs = nowNs + (load.Ticks * (NsPerMs / TimeSpan.TicksPerMillisecond));
        return MoveStatus.Started;
    }

    /// <summary>
    /// A session that is here says so again. If it was on its way, or another channelD has it too, it has come back: that is its latest word.
    /// </summary>
    /// <returns>Whether anything has changed.</returns>
    private bool Return(CharacterEntry entry, int channel, Character? elsewhere, long nowNs)
    {
        bool isLeaving = entry.IsLeavingAt(nowNs);
        bool isElsewhere = elsewhere?.Session == entry.Session;
        if (!isLeaving && !isElsewhere)
        {
            return false;
        }

        if (isLeaving && channel == entry.TransferTo)
        {
            // The channel it was on its way to is run here after all.
            _ = Place(entry, channel, entry.Map, TimeSpan.Zero, nowNs);
        }

        if (isLeaving)
        {
            entry.EndTransfer();
        }

        entry.EnteredAtNs = After(isElsewhere ? elsewhere : null, nowNs);
        return true;
    }

    /// <summary>Adds an entry. Whoever has moved stays hidden if he was, and goes on watching whom he watched.</summary>
    private CharacterEntry AddMoved(CharacterEntry entry, Character? elsewhere, bool isHiddenUnlessKnown)
    {
        Character? before = elsewhere is { } other && other.Session == entry.Session ? other : null;
        entry.IsHidden = entry.Tier > 0 && (before?.IsHidden ?? isHiddenUnlessKnown);
        entry.TracedKey = entry.Tier > 0 ? before?.TracedKey : null;
        _ = entry.IsHidden && _hidden.Add(entry);
        _ = entry.TracedKey is not null && _watchers.Add(entry);
        return Add(entry);
    }

    /// <summary>A stamp for whoever enters now: later than that of where it has moved from.</summary>
    private static long After(Character? elsewhere, long nowNs) => elsewhere is { } other ? Math.Max(nowNs, other.EnteredAtNs + 1) : nowNs;
}
