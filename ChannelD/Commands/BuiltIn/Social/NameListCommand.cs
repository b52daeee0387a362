using ChannelD.Directory;
using ChannelD.Social;
using ChannelD.State;

namespace ChannelD.Commands.BuiltIn.Social;

/// <summary>A command on a player's own list of names: adding to it and removing from it, with the codes that each such command has texts for.</summary>
/// <param name="list">The list.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="records">What of it is in memory.</param>
internal abstract class NameListCommand(NameList list, IStateStore store, OnlineRecords records) : StateCommand
{
    private protected const string Added = "added";
    private protected const string AlreadyThere = "already_there";
    private protected const string Removed = "removed";
    private protected const string NotThere = "not_there";
    private protected const string Full = "full";
    private protected const string Self = "self";
    private protected const string List = "list";
    private protected const string Empty = "empty";

    /// <summary>Called when the list has changed, or may have, and the change is in memory.</summary>
    private protected virtual void OnAdded(Character asker)
    {
    }

    private protected async ValueTask<CommandAnswer> AddAsync(Character asker, string typed, CancellationToken cancellationToken)
    {
        if (!Neighbours.TryParse(typed, out KeptName name, out CommandAnswer refusal))
        {
            return refusal;
        }

        if (name.Key == asker.Name.Key)
        {
            return CommandAnswer.Error(Self);
        }

        ListStatus status = await store.AddNameAsync(list, asker.Name.Key, name, cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        OnAdded(asker);
        return status switch
        {
            ListStatus.Done => CommandAnswer.Ok(Added, name.Display),
            ListStatus.AlreadyThere => CommandAnswer.Ok(AlreadyThere, name.Display),
            _ => CommandAnswer.Error(Full, Numbers.Format(StateLimits.MaxNames)),
        };
    }

    private protected async ValueTask<CommandAnswer> RemoveAsync(Character asker, string typed, CancellationToken cancellationToken)
    {
        if (!Neighbours.TryParse(typed, out KeptName name, out CommandAnswer refusal))
        {
            return refusal;
        }

        ListStatus status = await store.RemoveNameAsync(list, asker.Name.Key, name.Key, cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        return status == ListStatus.Done ? CommandAnswer.Ok(Removed, name.Display) : CommandAnswer.Error(NotThere, name.Display);
    }

    private protected async ValueTask<CharacterRecord> RecordOfAsync(Character asker, CancellationToken cancellationToken) =>
        records.Find(asker.Name.Key) ?? await store.LoadAsync(asker.Name.Key, cancellationToken);
}
