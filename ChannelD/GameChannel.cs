using ChannelD.Catalogue;
using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.Social;
using ChannelD.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Names;
using Shared.Protocol.Wire;

namespace ChannelD;

/// <summary>
/// The game side of channelD, as its requests see it: log-in, log-out, lines, texts. Knows nothing of queues. For any thread.
/// </summary>
public sealed class GameChannel
{
    private readonly CharacterDirectory _directory;
    private readonly CommandDispatcher _dispatcher;
    private readonly OnlineRecords _records;
    private readonly GameMasters _gameMasters;
    private readonly Friends _friends;
    private readonly ILogger<GameChannel> _logger;
    private readonly int _maxChannel;
    private readonly LogInAttempts _attempts = new();

    /// <summary>Makes the game side.</summary>
    public GameChannel(
        CharacterDirectory directory,
        CommandDispatcher dispatcher,
        CommandRegistry commands,
        OnlineRecords records,
        GameMasters gameMasters,
        Friends friends,
        IOptions<ChannelOptions> options,
        ILogger<GameChannel> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _directory = directory;
        _dispatcher = dispatcher;
        _records = records;
        _gameMasters = gameMasters;
        _friends = friends;
        _logger = logger;
        _maxChannel = options.Value.MaxChannel;
        Catalogue = CommandCatalogue.Build(commands);
        Texts = new TextCatalogue(Catalogue.Texts);
    }

    /// <summary>The sentences of all commands, for chatD.</summary>
    public CatalogueResult Catalogue { get; }

    /// <summary>The same, ready to make texts: for C programs, whose wires carry texts and no codes.</summary>
    public TextCatalogue Texts { get; }

    /// <summary>A character enters the game, once its record is loaded: at once where that is in memory.</summary>
    /// <param name="session">The session that plays it.</param>
    /// <param name="request">Its name, channel and map, and its key if it is a game master's.</param>
    /// <returns>
    /// Ok with the character's place. A session that plays this character already gets Ok as well, with the place where it is: so chatD can
    /// announce its sessions again at any time. Else Error <c>bad_name</c>, <c>bad_channel</c>, <c>bad_map</c>, <c>name_taken</c> (also for a game master's name without his key)
    /// or <c>already_in</c> (the session plays another), or Busy <c>channel_full</c> or <c>state_unavailable</c>.
    /// </returns>
    public async ValueTask<ResultBody<LogInResult>> LogInAsync(SessionId session, LogInRequest request)
    {
        if (!CharacterName.TryParse(request.Name, out CharacterName name, out _))
        {
            return ResultBody<LogInResult>.Error(CommonCodes.BadName);
        }

        if (request.Channel < 1 || request.Channel > _maxChannel)
        {
            return ResultBody<LogInResult>.Error(CommonCodes.BadChannel);
        }

        if (!MapName.TryParse(request.Map, out MapName map, out _))
        {
            return ResultBody<LogInResult>.Error(CommonCodes.BadMap);
        }

        if (!_gameMasters.TryAdmit(name, request.Key, out int tier))
        {
            // As if somebody played him already: whether he is there at this moment is nobody's business who has not his key.
            ChannelLog.KeyRefused(_logger, session.UserId, session.ChatInstance);
            return ResultBody<LogInResult>.Error(CommonCodes.NameTaken);
        }

        LogInAttempt attempt = _attempts.Begin(session);
        RecordEntry entry;
        try
        {
            entry = await _records.HoldAsync(name.Key, CancellationToken.None);
        }
        catch (StateStoreException)
        {
            // The store has said so in the log. Without its record a muted character could speak, and a blocked one be heard.
            _attempts.End(attempt);
            return ResultBody<LogInResult>.Busy(CommonCodes.StateUnavailable);
        }

        CharacterRecord? record = null;
        EnterStatus status = default;
        Character character = default;
        bool hasChanged = false;
        bool isWanted = _attempts.TryFinish(attempt, () =>
        {
            status = _directory.EnterQuietly(session, name, request.Channel, map, tier, request.IsReturn, out character, out hasChanged);
            record = status is EnterStatus.Entered or EnterStatus.WasThere ? _records.Keep(entry, session) : null;
        });
        if (hasChanged)
        {
            _directory.TellEntered(character);
        }

        if (record is not null)
        {
            _friends.Refresh(session);
            return ResultBody<LogInResult>.Ok(new LogInResult(
                character.Name.Display,
                character.Channel,
                character.Map.Display,
                record.Blocks.Count == 0 ? null : [.. record.Blocks.Select(blocked => blocked.Key)]));
        }

        _records.Release(entry);
        return status switch
        {
            // Logged out before it was in.
            _ when !isWanted => ResultBody<LogInResult>.Busy(CommonCodes.StateUnavailable),
            EnterStatus.NameTaken => ResultBody<LogInResult>.Error(CommonCodes.NameTaken),
            EnterStatus.PlaysAnother => ResultBody<LogInResult>.Error(CommonCodes.AlreadyIn),
            _ => ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull),
        };
    }

    /// <summary>
    /// Whether a log-in brings somebody in who is not here: a player who comes, or one who moves here from another channelD. One who was here before
    /// his channelD or his chatD was restarted does not come.
    /// </summary>
    public bool IsArrival(SessionId session, in LogInRequest request) =>
        !_directory.TryGetPlayed(session, out _)
        && (!request.IsReturn || (CharacterName.TryParse(request.Name, out CharacterName name, out _) && _directory.IsPlayedElsewhere(session, name.Key)));

    /// <summary>A session ends, also one that is on its way in; its character leaves the game. Always Ok.</summary>
    public ResultBody<LogOutResult> LogOut(SessionId session)
    {
        bool wasOnItsWay = _attempts.EndAll(session);
        bool wasThere = _directory.Leave(session);
        _ = _records.Drop(session);
        return ResultBody<LogOutResult>.Ok(new LogOutResult(wasThere || wasOnItsWay));
    }

    /// <summary>A chatD has started: what its earlier runs left behind ends.</summary>
    /// <param name="chatInstance">The chatD.</param>
    /// <param name="generation">The generation of its present run, whose sessions stay.</param>
    /// <returns>How many sessions ended.</returns>
    public int EndEarlierSessionsOf(int chatInstance, ulong generation)
    {
        _attempts.EndEarlier(chatInstance, generation);
        int count = _directory.EndSessionsOf(chatInstance, generation);
        if (count > 0)
        {
            _ = _records.Sweep();
            ChannelLog.SessionsEnded(_logger, count, chatInstance, generation);
        }

        return count;
    }

    /// <summary>Runs a line; see <see cref="CommandDispatcher.RunAsync"/>.</summary>
    public ValueTask<ResultBody<CommandResult>> RunAsync(
        SessionId? session, string line, CancellationToken cancellationToken, string? lastWhisperFrom = null) =>
        _dispatcher.RunAsync(session, line, cancellationToken, lastWhisperFrom);

    /// <summary>Runs a line of a session, and says whether its next one is to wait for the end of it.</summary>
    internal ValueTask<ResultBody<CommandResult>> RunAsync(SessionId session, in CommandRequest request, out bool holdsNext) =>
        _dispatcher.BeginAsync(session, request.Line, request.LastWhisperFrom, out holdsNext, CancellationToken.None);

    /// <summary>Whether a session plays a character here.</summary>
    internal bool Knows(SessionId session) => _directory.TryGetPlayed(session, out _);
}
