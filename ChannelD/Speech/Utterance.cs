using ChannelD.Directory;
using ChannelD.Events;

namespace ChannelD.Speech;

/// <summary>Something that a character says, before it is known to whom. Others are shown the code's text with the speaker's name and what he said.</summary>
/// <param name="Room">Where: one of <see cref="Shared.Protocol.Messages.Events.Rooms"/>.</param>
/// <param name="Command">The id of the command.</param>
/// <param name="Code">The code of one of its texts, with the places <c>{0}</c> for the speaker and <c>{1}</c> for what he said.</param>
/// <param name="Text">What he said; see <see cref="SpeechRelay.TryRead"/>.</param>
/// <param name="To">The map or the name that it was said to, for game masters who watch the speaker; empty where the room says all.</param>
public readonly record struct Utterance(string Room, string Command, string Code, string Text, string To = "")
{
    /// <summary>The same, as the others are shown it. The name is that of the directory, never one that was typed.</summary>
    internal GameMessage From(in Character speaker) => new(Room, Command, Code, [speaker.Name.Display, Text], speaker.Name.Display);
}
