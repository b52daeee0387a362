using System.Runtime.CompilerServices;
using ChannelD.Moderation;
using ChannelD.State.Rules;
using Shared.Protocol.Names;

namespace ChannelD.State;

/// <summary>What all stores share: the rules. A store only knows how to run one transaction after the other.</summary>
public abstract class StateStore : IStateStore
{
    /// <summary>
    /// The most time that an operation takes before it counts as failed, in milliseconds: less than a command may take as a rule
    /// (<c>Ipc:HandlerTimeoutMs</c>), so that the player is told what happened.
    /// </summary>
    public const int DeadlineMs = 1500;

    private protected StateStore()
    {
    }

    /// <inheritdoc/>
    public abstract string Place { get; }

    /// <inheritdoc/>
    public abstract ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CharacterRecord> LoadAsync(string key, CancellationToken cancellationToken)
    {
        CheckKey(key);
        return ReadAsync(state => RecordRules.Load(state, key), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetMuteAsync(string key, Mute? mute, CancellationToken cancellationToken)
    {
        CheckKey(key);
        if (mute is { } given)
        {
            ArgumentNullException.ThrowIfNull(given.Reason, nameof(mute));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(given.Reason.Length, StateLimits.MaxReasonChars, nameof(mute));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(given.IssuedBy?.Length ?? 0, StateLimits.MaxIssuerChars, nameof(mute));
        }

        return WriteAsync(state => RecordRules.SetMute(state, key, mute), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ListStatus> AddNameAsync(NameList list, string owner, KeptName name, CancellationToken cancellationToken)
    {
        CheckKey(owner);
        CheckName(name);
        return WriteAsync(state => RecordRules.AddName(state, list, owner, name), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ListStatus> RemoveNameAsync(NameList list, string owner, string key, CancellationToken cancellationToken)
    {
        CheckKey(owner);
        CheckKey(key);
        return WriteAsync(state => RecordRules.RemoveName(state, list, owner, key), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartyResult> CreatePartyAsync(KeptName leader, CancellationToken cancellationToken)
    {
        CheckName(leader);
        return WriteAsync(state => PartyRules.Create(state, leader), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartyResult> InviteAsync(KeptName leader, KeptName guest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CheckName(leader);
        CheckName(guest);
        return WriteAsync(state => PartyRules.Invite(state, leader, guest, now), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartyResult> AcceptAsync(KeptName guest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CheckName(guest);
        return WriteAsync(state => PartyRules.Accept(state, guest, now), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartyResult> DeclineAsync(string guest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CheckKey(guest);
        return WriteAsync(state => PartyRules.Decline(state, guest, now), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartyResult> LeavePartyAsync(string key, CancellationToken cancellationToken)
    {
        CheckKey(key);
        return WriteAsync(state => PartyRules.Leave(state, key), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PartyResult> KickAsync(string leader, string key, CancellationToken cancellationToken)
    {
        CheckKey(leader);
        CheckKey(key);
        return WriteAsync(state => PartyRules.Kick(state, leader, key), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> GetCursorAsync(CancellationToken cancellationToken) =>
        ReadAsync(static state => state.GetCursor(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ChangeBatch> ReadChangesAsync(long after, CancellationToken cancellationToken) =>
        ReadAsync(state => RecordRules.ReadChanges(state, after), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the store holds.</summary>
    /// <param name="disposing">Whether it is disposed of, rather than collected.</param>
    private protected abstract void Dispose(bool disposing);

    /// <summary>Runs a transaction that reads one state of the store.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="cancellationToken">See <see cref="IStateStore"/>.</param>
    /// <param name="name">What that is called: the method, whose name ends with Async.</param>
    private protected abstract ValueTask<T> ReadAsync<T>(
        Func<IStateTransaction, T> operation, CancellationToken cancellationToken, [CallerMemberName] string name = "");

    /// <summary>Runs a transaction that no other change comes between.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    private protected abstract ValueTask<T> WriteAsync<T>(
        Func<IStateTransaction, T> operation, CancellationToken cancellationToken, [CallerMemberName] string name = "");

    private static void CheckName(KeptName name)
    {
        CheckKey(name.Key);
        ArgumentException.ThrowIfNullOrEmpty(name.Display);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Display.Length, CharacterName.MaxTypedChars);
    }

    // A case fold can be longer than what it is of.
    private static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, CharacterName.MaxTypedChars);
    }
}
