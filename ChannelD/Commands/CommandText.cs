namespace ChannelD.Commands;

/// <summary>The sentence of one code of a command. <c>{0}</c>, <c>{1}</c> … stand for the answer's arguments; both languages use the same.</summary>
/// <param name="Code">The code: lower-case letters, digits and <c>_</c>.</param>
/// <param name="Korean">The sentence in Korean.</param>
/// <param name="English">The sentence in English.</param>
/// <param name="IsEvent">Whether it is shown to others than the asker: as an event, rather than an answer.</param>
public readonly record struct CommandText(string Code, string Korean, string English, bool IsEvent = false);
