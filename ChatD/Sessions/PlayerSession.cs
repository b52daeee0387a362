using ChatD.Events;
using ChatD.Gateway;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Names;

namespace ChatD.Sessions;

/// <summary>A player who is logged in, or on the way in or out. Safe on every thread.</summary>
internal sealed class PlayerSession
{
    private readonly Action<PlayerSession> _onLost;
    private readonly Lock _gate = new();
    private ChannelPort[] _knownTo = [];
    private volatile int _channel;
    private volatile string _map;
    private volatile ChannelPort? _owner;
    private volatile bool _isInGame;
    private volatile bool _hasEntered;
    private volatile string? _lostCode;
    private volatile string _lostReason = string.Empty;
    private volatile string? _lastWhisperFrom;
    private volatile HashSet<string>? _blockedKeys;
    private volatile SessionEvents? _events;

    /// <summary>Makes a session.</summary>
    /// <param name="id">Its number, from 1, never used again by this process.</param>
    /// <param name="name">The character's name.</param>
    /// <param name="channel">The channel it enters.</param>
    /// <param name="map">The map it enters.</param>
    /// <param name="language">The language of its texts.</param>
    /// <param name="onLost">Called when the channel has ended it.</param>
    /// <param name="key">The secret by which a game master shows who he is; null for none.</param>
    public PlayerSession(
        int id, CharacterName name, int channel, string map, Language language, Action<PlayerSession> onLost, string? key = null)
    {
        Id = id;
        Name = name;
        Language = language;
        Key = key;
        _channel = channel;
        _map = map;
        _onLost = onLost;
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>The character's name.</summary>
    public CharacterName Name { get; }

    /// <summary>The language of its texts.</summary>
    public Language Language { get; }

    /// <summary>The secret that goes with each of its log-ins; null for none. Never logged.</summary>
    public string? Key { get; }

    /// <summary>The channel it is in, as the game said last; before that the one it wants to enter.</summary>
    public int Channel => _channel;

    /// <summary>The map that it entered last, or stood in when a channelD said so last.</summary>
    public string Map => _map;

    /// <summary>The channelD that its lines go to; null before its log-in. It changes with a move.</summary>
    public ChannelPort? Owner => _owner;

    /// <summary>One move to another channelD at a time, and the lines that wait for its end.</summary>
    public MoveGate Moves { get; } = new();

    /// <summary>Whether a channelD knows it: from its log-in to the beginning of its log-out.</summary>
    public bool IsInGame
    {
        get => _isInGame;
        set => _isInGame = value;
    }

    /// <summary>Whether a channelD has let it in.</summary>
    public bool HasEntered => _hasEntered;

    /// <summary>Why a channelD has ended it, as a code; null where it was not, or no reason was given.</summary>
    public string? LostCode => _lostCode;

    /// <summary>What goes with that code, for the player to read; empty for nothing.</summary>
    public string LostReason => _lostReason;

    /// <summary>Who whispered to it last, as delivered to the player; null for nobody. What <c>/답장</c> answers to.</summary>
    public string? LastWhisperFrom
    {
        get => _lastWhisperFrom;
        set => _lastWhisperFrom = value;
    }

    /// <summary>The channelDs that may have it in their game: its owner, and those that have not confirmed its log-out. None after the last one has.</summary>
    public IReadOnlyList<ChannelPort> KnownTo => Volatile.Read(ref _knownTo);

    /// <summary>It is about to log in, and its lines go there: before the request, so that a channelD which comes back meanwhile is told of it.</summary>
    public void Begin(ChannelPort owner)
    {
        NoteKnownTo(owner);
        _owner = owner;
        _isInGame = true;
    }

    /// <summary>A channelD has let it in, or said again where it stands. Only its owner's word counts.</summary>
    /// <param name="from">That channelD.</param>
    /// <param name="place">Where it stands.</param>
    public void NotePlace(ChannelPort from, in LogInResult place)
    {
        lock (_gate)
        {
            if (_owner == from)
            {
                SetPlace(place);
            }
        }
    }

    /// <summary>It has moved: another channelD has let it in, and its lines go there from now on.</summary>
    /// <param name="owner">That channelD.</param>
    /// <param name="place">Where it stands.</param>
    public void MoveTo(ChannelPort owner, in LogInResult place)
    {
        lock (_gate)
        {
            _owner = owner;
            SetPlace(place);
        }
    }

    /// <summary>From here on a channelD may have it in its game: it was or is about to be asked to let it in.</summary>
    public void NoteKnownTo(ChannelPort port)
    {
        lock (_gate)
        {
            if (!_knownTo.Contains(port))
            {
                Volatile.Write(ref _knownTo, [.. _knownTo, port]);
            }
        }
    }

    /// <summary>A channelD surely does not have it in its game.</summary>
    public void NoteUnknownTo(ChannelPort port)
    {
        lock (_gate)
        {
            Volatile.Write(ref _knownTo, [.. _knownTo.Where(known => known != port)]);
        }
    }

    /// <summary>Takes what it is shown; null before its stay has begun.</summary>
    public SessionEvents? Events
    {
        get => _events;
        set => _events = value;
    }

    /// <summary>Whether its player blocks somebody.</summary>
    /// <param name="key">The name key; null for nobody.</param>
    public bool Blocks(string? key) => key is not null && _blockedKeys is { } blocked && blocked.Contains(key);

    /// <summary>Its player blocks these from now on, and nobody else.</summary>
    /// <param name="keys">Name keys; null for none.</param>
    public void Block(IReadOnlyList<string>? keys) =>
        _blockedKeys = keys is { Count: > 0 } ? new HashSet<string>(keys, StringComparer.Ordinal) : null;

    /// <summary>Ends it from the channel's side, or an operator's.</summary>
    /// <param name="code">Why, for the player; null where his character is played elsewhere.</param>
    /// <param name="reason">What goes with the code.</param>
    public void Lose(string? code = null, string reason = "")
    {
        if (_lostCode is null)
        {
            _lostReason = reason;
            _lostCode = code;
        }

        _onLost(this);
    }

    private void SetPlace(in LogInResult place)
    {
        _channel = place.Channel;
        _map = place.Map;
        Block(place.BlockedKeys);
        _hasEntered = true;
    }
}
