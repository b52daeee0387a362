using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Presence;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Speech;

/// <summary>One character says something to one other: what <c>/귓속말</c> and <c>/답장</c> have in common.</summary>
/// <param name="world">Where everybody is.</param>
/// <param name="speech">Hands it on.</param>
internal sealed class Whispers(WorldDirectory world, SpeechRelay speech)
{
    /// <summary>The id of the command whose text the recipient is shown, whichever was typed.</summary>
    public const string Command = "whisper";

    /// <summary>What the recipient is shown.</summary>
    public const string EventCode = "whisper";

    private const string Whispered = "whispered";
    private const string ToHimself = "self";
    private const string Undelivered = "undelivered";

    /// <summary>The answers of both commands.</summary>
    public static IReadOnlyList<CommandText> Answers { get; } =
    [
        new CommandText(Whispered, "{0}님에게 귓속말: {1}", "To {0}: {1}"),
        new CommandText(CommandDescription.NotFound, "{0}님을 찾을 수 없습니다.", "{0} cannot be found."),
        new CommandText(ToHimself, "자신에게는 귓속말을 보낼 수 없습니다.", "You cannot whisper to yourself."),
        new CommandText(
            Undelivered,
            "{0}님에게 귓속말이 전달되었는지 확인하지 못했습니다. 전달되었을 수도 있습니다.",
            "It is not known whether {0} got your whisper. It may have arrived."),
    ];

    /// <summary>Says it, and waits for the word of the recipient's chatD.</summary>
    /// <param name="speaker">Who.</param>
    /// <param name="name">To whom, as typed.</param>
    /// <param name="text">What.</param>
    /// <param name="cancellationToken">Signalled when nobody waits for the answer any more.</param>
    public ValueTask<CommandAnswer> SendAsync(in Character speaker, ReadOnlySpan<char> name, string text, CancellationToken cancellationToken)
    {
        NameLookup lookup = NameLookup.Find(world, name, speaker.Tier);
        if (lookup.Refusal is { } refusal)
        {
            return ValueTask.FromResult(refusal);
        }

        if (lookup.Target is not { } target)
        {
            return ValueTask.FromResult(NotFound(lookup.Typed));
        }

        if (target.Name == speaker.Name)
        {
            return ValueTask.FromResult(CommandAnswer.Error(ToHimself));
        }

        return speaker.IsVisibleTo(target.Tier)
            ? DeliverAsync(speaker, target, lookup.Typed, text, cancellationToken)
            : ValueTask.FromResult(CommandAnswer.Error(CommonCodes.Hidden));
    }

    // Whoever is not there, hides or blocks the speaker gives one and the same answer: the name as it was typed, not as its owner spells it.
    private static CommandAnswer NotFound(string typed) => CommandAnswer.Error(CommandDescription.NotFound, typed);

    private async ValueTask<CommandAnswer> DeliverAsync(
        Character speaker, Character target, string typed, string text, CancellationToken cancellationToken)
    {
        var said = new Utterance(Rooms.Whisper, Command, EventCode, text, target.Name.Display);
        return await speech.WhisperAsync(speaker, said, target.Session, cancellationToken) switch
        {
            DeliveryStatus.Taken => CommandAnswer.Ok(Whispered, target.Name.Display, text),
            DeliveryStatus.Gone or DeliveryStatus.Blocked => NotFound(typed),
            _ => CommandAnswer.Error(Undelivered, target.Name.Display),
        };
    }
}
