namespace ChannelD.Events;

/// <summary>Something to be shown to players who did not ask for it. A code and what fills its sentence, like an answer.</summary>
/// <param name="Room">Where it was said: one of <see cref="Shared.Protocol.Messages.Events.Rooms"/>.</param>
/// <param name="Command">The id of the command whose texts have the code.</param>
/// <param name="Code">The code.</param>
/// <param name="Arguments">What fills the places of the sentence, in order.</param>
/// <param name="Sender">The name of the character that said it, in its display form; empty for what nobody said.</param>
public readonly record struct GameMessage(string Room, string Command, string Code, IReadOnlyList<string> Arguments, string Sender);
