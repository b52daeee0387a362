using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Speech;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Commands.BuiltIn.Moderation;

/// <summary>
/// <c>/공지 내용</c>: a notice to everybody on all channels. It carries no name: so nobody misses it whom he blocks, and who hides may make one.
/// </summary>
internal sealed class NoticeCommand(IEventSink events, ILogger<NoticeCommand> logger) : IPlayerCommand
{
    private const string Id = "notice";
    private const string Sent = "sent";
    private const string EventCode = "notice";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = Id,
        Names = ["공지", "notice"],
        Usage = new LocalText("/공지 내용", "/notice TEXT"),
        Help = new LocalText("모든 채널의 모두에게 공지합니다. 이름은 나오지 않습니다.", "makes a notice to everybody on all channels, without your name."),
        Texts =
        [
            new CommandText(Sent, "공지했습니다.", "Your notice was made on all channels."),
            new CommandText(EventCode, "[공지] {0}", "[Notice] {0}", IsEvent: true),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        MinTier = 1,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(call.Asker is { } speaker && SpeechRelay.TryRead(call.Argument, out string text)
            ? Announce(speaker, text)
            : CommandAnswer.Usage());

    private CommandAnswer Announce(in Character speaker, string text)
    {
        ChannelLog.NoticeMade(logger, speaker.Tier, speaker.Session.UserId, speaker.Session.ChatInstance, text.Length);
        var notice = new GameMessage(Rooms.Notice, Id, EventCode, [text], Sender: string.Empty);
        return events.TryPushToAll(notice) ? CommandAnswer.Ok(Sent) : SpeechRelay.NotAllReached();
    }
}
