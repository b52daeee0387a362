using ChannelD.Directory;
using ChannelD.Social;
using ChannelD.Speech;
using ChannelD.State;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Commands.BuiltIn.Social;

/// <summary><c>/p 말</c>: speaks to the members of one's party, on whichever channel they are.</summary>
internal sealed class PartySayCommand(IStateStore store, Neighbours neighbours, SpeechRelay speech) : StateCommand
{
    private const string Id = "party_say";
    private const string Said = "said";
    private const string NobodyOnline = "nobody_online";
    private const string NotInParty = "not_in_party";
    private const string Spoken = "party";

    /// <inheritdoc/>
    public override CommandDescription Description { get; } = new()
    {
        Id = Id,
        Names = ["p", "파티말"],
        Usage = new LocalText("/p 할말", "/p TEXT"),
        Help = new LocalText("파티원에게 말합니다.", "speaks to your party."),
        Texts =
        [
            new CommandText(Said, "[파티] {0}: {1}", "[Party] {0}: {1}"),
            new CommandText(NobodyOnline, "접속 중인 다른 파티원이 없습니다.", "No other member of your party is online."),
            new CommandText(NotInParty, "파티에 들어 있지 않습니다.", "You are not in a party."),
            new CommandText(Spoken, "[파티] {0}: {1}", "[Party] {0}: {1}", IsEvent: true),
        ],
        NeedsCharacter = true,
        IsSpeech = true,
        Class = CommandClass.Party,
    };

    /// <inheritdoc/>
    protected override async ValueTask<CommandAnswer> RunAsync(Character asker, string argument, CancellationToken cancellationToken)
    {
        if (!SpeechRelay.TryRead(argument.AsMemory(), out string text))
        {
            return CommandAnswer.Usage();
        }

        if (asker.IsHidden)
        {
            return CommandAnswer.Error(CommonCodes.Hidden);
        }

        // Not from memory: who has just been let in on another channel is to hear it, and who has been sent away is not.
        CharacterRecord record = await store.LoadAsync(asker.Name.Key, cancellationToken);
        if (record.Party is not { } party)
        {
            return CommandAnswer.Error(NotInParty);
        }

        List<SessionId> members = neighbours.FindParty(party, asker.Name.Key, asker.Tier, out int count);
        bool isSaid = speech.TrySay(asker, new Utterance(Rooms.Party, Id, Spoken, text), members);
        if (count == 0)
        {
            // Whoever hides from the speaker may have heard it, and is not there all the same.
            return CommandAnswer.Ok(NobodyOnline);
        }

        return isSaid ? CommandAnswer.Ok(Said, asker.Name.Display, text) : SpeechRelay.NotAllReached();
    }
}
