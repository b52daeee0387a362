using ChannelD.Catalogue;
using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Directory;
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
    private readonly ILogger<GameChannel> _logger;
    private readonly int _maxChannel;

    /// <summary>Makes the game side.</summary>
    public GameChannel(
        CharacterDirectory directory,
        CommandDispatcher dispatcher,
        CommandRegistry commands,
        IOptions<ChannelOptions> options,
        ILogger<GameChannel> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _directory = directory;
        _dispatcher = dispatcher;
        _logger = logger;
        _maxChannel = options.Value.MaxChannel;
        Catalogue = CommandCatalogue.Build(commands);
        Texts = new TextCatalogue(Catalogue.Texts);
    }

    /// <summary>The sentences of all commands, for chatD.</summary>
    public CatalogueResult Catalogue { get; }

    /// <summary>The same, ready to make texts: for C programs, whose wires carry texts and no codes.</summary>
    public TextCatalogue Texts { get; }

    /// <summary>A character enters the game.</summary>
    /// <param name="session">The session that plays it.</param>
    /// <param name="request">Its name, channel and map.</param>
    /// <returns>
    /// Ok with the character's place. A session that plays this character already gets Ok as well, with the place where it is: so chatD can
    /// announce its sessions again at any time. Else Error <c>bad_name</c>, <c>bad_channel</c>, <c>bad_map</c>, <c>name_taken</c> or
    /// <c>already_in</c> (the session plays another), or Busy <c>channel_full</c>.
    /// </returns>
    public ResultBody<LogInResult> LogIn(SessionId session, LogInRequest request)
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

        EnterStatus status = _directory.Enter(session, name, request.Channel, map, out Character character);
        return status switch
        {
            EnterStatus.Entered or EnterStatus.WasThere => ResultBody<LogInResult>.Ok(
                new LogInResult(character.Name.Display, character.Channel, character.Map.Display)),
            EnterStatus.NameTaken => ResultBody<LogInResult>.Error(CommonCodes.NameTaken),
            EnterStatus.PlaysAnother => ResultBody<LogInResult>.Error(CommonCodes.AlreadyIn),
            _ => ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull),
        };
    }

    /// <summary>A session ends; its character leaves the game. Always Ok.</summary>
    public ResultBody<LogOutResult> LogOut(SessionId session) =>
        ResultBody<LogOutResult>.Ok(new LogOutResult(_directory.Leave(session)));

    /// <summary>A chatD has started: what its earlier runs left behind ends.</summary>
    /// <param name="chatInstance">The chatD.</param>
    /// <param name="generation">The generation of its present run, whose sessions stay.</param>
    /// <returns>How many sessions ended.</returns>
    public int EndEarlierSessionsOf(int chatInstance, ulong generation)
    {
        int count = _directory.EndSessionsOf(chatInstance, generation);
        if (count > 0)
        {
            ChannelLog.SessionsEnded(_logger, count, chatInstance, generation);
        }

        return count;
    }

    /// <summary>Runs a line; see <see cref="CommandDispatcher.RunAsync"/>.</summary>
    public ValueTask<ResultBody<CommandResult>> RunAsync(SessionId? session, string line, CancellationToken cancellationToken) =>
        _dispatcher.RunAsync(session, line, cancellationToken);
}
