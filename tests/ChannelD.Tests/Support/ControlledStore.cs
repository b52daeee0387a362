using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.State.InMemory;

namespace ChannelD.Tests.Support;

/// <summary>A store whose loads can be held up or made to fail, and whose data can be shared by several channels.</summary>
internal sealed class ControlledStore(IStateStore? data = null) : IStateStore
{
    private readonly IStateStore _data = data ?? new InMemoryStateStore();
    private readonly Queue<(string Key, TaskCompletionSource Go)> _held = new();

    public bool HoldsLoads { get; set; }

    /// <summary>Whether everything fails; for a change, perhaps after it was made.</summary>
    public bool Fails { get; set; }

    public bool MayHaveHappened { get; set; }

    /// <summary>How many loads were asked for.</summary>
    public int Loads { get; private set; }

    public int HeldLoads => _held.Count;

    public string Place => "a test";

    /// <summary>Lets the oldest held load go on.</summary>
    public void Release() => _held.Dequeue().Go.SetResult();

    public ValueTask OpenAsync(CancellationToken cancellationToken) => Check(() => _data.OpenAsync(cancellationToken));

    public async ValueTask<CharacterRecord> LoadAsync(string key, CancellationToken cancellationToken)
    {
        Loads++;
        CharacterRecord record = await Check(() => _data.LoadAsync(key, cancellationToken));
        if (HoldsLoads)
        {
            // What was read is on its way while other things happen.
            var go = new TaskCompletionSource();
            _held.Enqueue((key, go));
            await go.Task;
        }

        return Fails ? throw new StateStoreException("made to fail") : record;
    }

    public ValueTask<bool> SetMuteAsync(string key, Mute? mute, CancellationToken cancellationToken) =>
        Check(() => _data.SetMuteAsync(key, mute, cancellationToken));

    public ValueTask<ListStatus> AddNameAsync(NameList list, string owner, KeptName name, CancellationToken cancellationToken) =>
        Check(() => _data.AddNameAsync(list, owner, name, cancellationToken));

    public ValueTask<ListStatus> RemoveNameAsync(NameList list, string owner, string key, CancellationToken cancellationToken) =>
        Check(() => _data.RemoveNameAsync(list, owner, key, cancellationToken));

    public ValueTask<PartyResult> CreatePartyAsync(KeptName leader, CancellationToken cancellationToken) =>
        Check(() => _data.CreatePartyAsync(leader, cancellationToken));

    public ValueTask<PartyResult> InviteAsync(KeptName leader, KeptName guest, DateTimeOffset now, CancellationToken cancellationToken) =>
        Check(() => _data.InviteAsync(leader, guest, now, cancellationToken));

    public ValueTask<PartyResult> AcceptAsync(KeptName guest, DateTimeOffset now, CancellationToken cancellationToken) =>
        Check(() => _data.AcceptAsync(guest, now, cancellationToken));

    public ValueTask<PartyResult> DeclineAsync(string guest, DateTimeOffset now, CancellationToken cancellationToken) =>
        Check(() => _data.DeclineAsync(guest, now, cancellationToken));

    public ValueTask<PartyResult> LeavePartyAsync(string key, CancellationToken cancellationToken) =>
        Check(() => _data.LeavePartyAsync(key, cancellationToken));

    public ValueTask<PartyResult> KickAsync(string leader, string key, CancellationToken cancellationToken) =>
        Check(() => _data.KickAsync(leader, key, cancellationToken));

    public ValueTask<long> GetCursorAsync(CancellationToken cancellationToken) => Check(() => _data.GetCursorAsync(cancellationToken));

    public ValueTask<ChangeBatch> ReadChangesAsync(long after, CancellationToken cancellationToken) =>
        Check(() => _data.ReadChangesAsync(after, cancellationToken));

    public void Dispose() => _data.Dispose();

    private T Check<T>(Func<T> operation) =>
        Fails ? throw new StateStoreException("made to fail") { MayHaveHappened = MayHaveHappened } : operation();
}
