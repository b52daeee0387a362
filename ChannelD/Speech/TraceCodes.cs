using ChannelD.Commands;
using ChannelD.Commands.BuiltIn.Moderation;
using ChannelD.Directory;
using ChannelD.Events;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Speech;

/// <summary>How a game master is shown what the character says whom he watches: a code for each room, for each is another sentence.</summary>
internal static class TraceCodes
{
    private const string Map = "traced_map";
    private const string Whisper = "traced_whisper";
    private const string Party = "traced_party";
    private const string World = "traced_world";

    /// <summary>Their sentences.</summary>
    public static IReadOnlyList<CommandText> Texts { get; } =
    [
        new CommandText(Map, "[감시] {0} (맵 {1}): {2}", "[Watch] {0} (map {1}): {2}", IsEvent: true),
        new CommandText(Whisper, "[감시] {0} (귓속말, {1}님에게): {2}", "[Watch] {0} (whisper to {1}): {2}", IsEvent: true),
        new CommandText(Party, "[감시] {0} (파티): {1}", "[Watch] {0} (party): {1}", IsEvent: true),
        new CommandText(World, "[감시] {0} (확성기): {1}", "[Watch] {0} (megaphone): {1}", IsEvent: true),
    ];

    /// <summary>The copy of something said. It has no sender, so that nobody misses it whom he blocks.</summary>
    public static GameMessage CopyOf(in Utterance said, in Character speaker)
    {
        (string code, bool namesRecipient) = said.Room switch
        {
            Rooms.Map => (Map, true),
            Rooms.Whisper => (Whisper, true),
            Rooms.Party => (Party, false),
            _ => (World, false),
        };
        string[] arguments = namesRecipient ? [speaker.Name.Display, said.To, said.Text] : [speaker.Name.Display, said.Text];
        return new GameMessage(Rooms.Trace, TraceCommand.Id, code, arguments, Sender: string.Empty);
    }
}
