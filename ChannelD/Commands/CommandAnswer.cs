using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;

namespace ChannelD.Commands;

/// <summary>What a command came to: a code and what fills its sentence.</summary>
/// <param name="Status">Ok, or Error for a refusal.</param>
/// <param name="Code">A code of the command's texts or of <see cref="CommonTexts"/>.</param>
/// <param name="Arguments">What fills the places of the sentence, in order.</param>
/// <param name="TransferTo">Not 0: the character is in transfer to this channel, which another channelD runs.</param>
/// <param name="TransferMap">With it the display name of the map that the character enters there: the one that it stands in.</param>
public readonly record struct CommandAnswer(
    ResultStatus Status, string Code, IReadOnlyList<string> Arguments, int TransferTo = 0, string? TransferMap = null)
{
    /// <summary>The command did what was asked, even if the answer is that there is nothing.</summary>
    public static CommandAnswer Ok(string code, params string[] arguments) => new(ResultStatus.Ok, code, arguments);

    /// <summary>The command refuses.</summary>
    public static CommandAnswer Error(string code, params string[] arguments) => new(ResultStatus.Error, code, arguments);

    /// <summary>The argument is missing or makes no sense: the player is told how the command is typed.</summary>
    public static CommandAnswer Usage() => new(ResultStatus.Error, CommonCodes.Usage, []);

    /// <summary>The argument is too long.</summary>
    /// <param name="limit">The most characters allowed.</param>
    public static CommandAnswer TooLarge(int limit) => Error(CommonCodes.TooLarge, Numbers.Format(limit));

    /// <summary>The asker does this too often.</summary>
    /// <param name="waitSeconds">After how many seconds he may again; at least 1.</param>
    public static CommandAnswer RateLimited(int waitSeconds) => Error(CommonCodes.RateLimited, Numbers.Format(waitSeconds));

    /// <summary>The asker has no character in the game.</summary>
    public static CommandAnswer NoSession() => new(ResultStatus.Error, CommonCodes.NoSession, []);
}
