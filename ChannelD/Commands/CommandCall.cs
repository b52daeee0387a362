using ChannelD.Directory;

namespace ChannelD.Commands;

/// <summary>One call of a command.</summary>
public readonly record struct CommandCall
{
    /// <summary>The asker's character as it was when the line arrived; null for an asker without a session, such as a C program.</summary>
    public required Character? Asker { get; init; }

    /// <summary>The channel that the asker counts to; without a character that of the answering channelD.</summary>
    public required int Channel { get; init; }

    /// <summary>What stood after the command's name, trimmed; no control characters, no lone surrogates. Empty if there was nothing.</summary>
    public required ReadOnlyMemory<char> Argument { get; init; }

    /// <summary>Who whispered to the asker last; null for nobody.</summary>
    public string? LastWhisperFrom { get; init; }

    /// <summary>All commands.</summary>
    public required CommandRegistry Commands { get; init; }

    /// <summary>The asker's session.</summary>
    /// <exception cref="InvalidOperationException">There is no character: the command does not say that it needs one.</exception>
    public SessionId Session => Asker?.Session
        ?? throw new InvalidOperationException($"The asker has no character. Set {nameof(CommandDescription.NeedsCharacter)} in the command's description.");
}
