using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.Tests.State.Support;

namespace ChannelD.Tests.State;

/// <summary>What every store owes: one suite for all.</summary>
[Collection(StateCollection.Name)]
public sealed partial class StateStoreContractTests(PostgresCluster cluster) : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly CancellationToken s_none = CancellationToken.None;

    private StoreWorld? _world;

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Load_UnknownName_IsEmpty(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        CharacterRecord record = await store.LoadAsync("nobody", s_none);
        Assert.Equal(("nobody", 0L), (record.Key, record.Version));
        Assert.Null(record.Mute);
        Assert.Null(record.Party);
        Assert.Empty(record.Blocks);
        Assert.Empty(record.Buddies);
        Assert.Empty(record.BlockingBuddies);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task SetMute_SetReplacedLifted_IsAsLastSet(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        Assert.True(await store.SetMuteAsync("a", new Mute(s_now, "욕설"), s_none));
        Assert.Equal(new Mute(s_now, "욕설"), (await store.LoadAsync("a", s_none)).Mute);
        Assert.True(await store.SetMuteAsync("a", new Mute(s_now.AddDays(400), "it's \"quoted\"; DROP TABLE mutes; --"), s_none));
        Assert.Equal(new Mute(s_now.AddDays(400), "it's \"quoted\"; DROP TABLE mutes; --"), (await store.LoadAsync("a", s_none)).Mute);
        Assert.Null((await store.LoadAsync("b", s_none)).Mute);
        Assert.True(await store.SetMuteAsync("a", null, s_none));
        Assert.Null((await store.LoadAsync("a", s_none)).Mute);
        Assert.False(await store.SetMuteAsync("a", null, s_none));
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task SetMute_WithWhoAndWhen_KeepsThemWithThatMuteOnly(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        var first = new Mute(s_now.AddDays(1), "r", "운영자", s_now);
        Assert.True(await store.SetMuteAsync("a", first, s_none));
        Assert.Equal(first, (await store.LoadAsync("a", s_none)).Mute);
        Mute second = first with { IssuedBy = "operator root (uid 0)", IssuedUtc = s_now.AddHours(1) };
        Assert.True(await store.SetMuteAsync("a", second, s_none));
        Assert.Equal(second, (await store.LoadAsync("a", s_none)).Mute);
        Assert.True(await store.SetMuteAsync("a", new Mute(s_now.AddDays(1), "r"), s_none));
        Assert.Equal(new Mute(s_now.AddDays(1), "r"), (await store.LoadAsync("a", s_none)).Mute);
        string tooLong = new('x', StateLimits.MaxIssuerChars + 1);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.SetMuteAsync("a", first with { IssuedBy = tooLong }, s_none));
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Lists_AddAndRemove_KeepOrderAndSpelling(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        KeptName[] names = [new("warrior", "Warrior"), new("법사", "법사"), new("a'b\"c%_", "A'b\"C%_")];
        foreach (KeptName name in names)
        {
            Assert.Equal(ListStatus.Done, await store.AddNameAsync(NameList.Buddies, "me", name, s_none));
        }

        Assert.Equal(ListStatus.AlreadyThere, await store.AddNameAsync(NameList.Buddies, "me", new KeptName("warrior", "WARRIOR"), s_none));
        CharacterRecord record = await store.LoadAsync("me", s_none);
        Assert.Equal(names, record.Buddies);
        Assert.Empty(record.Blocks);

        Assert.Equal(ListStatus.Done, await store.RemoveNameAsync(NameList.Buddies, "me", "법사", s_none));
        Assert.Equal(ListStatus.NotThere, await store.RemoveNameAsync(NameList.Buddies, "me", "법사", s_none));
        Assert.Equal(ListStatus.NotThere, await store.RemoveNameAsync(NameList.Blocks, "me", "warrior", s_none));
        Assert.Equal([names[0], names[2]], (await store.LoadAsync("me", s_none)).Buddies);
        Assert.Empty((await store.LoadAsync("warrior", s_none)).Buddies);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Lists_AddedByManyAtOnce_NeverExceedTheLimit(StateKind kind)
    {
        IStateStore one = await OpenAsync(kind);
        IStateStore other = await OpenAsync(kind);
        ListStatus[] statuses = await Task.WhenAll(Enumerable.Range(0, StateLimits.MaxNames + 10).Select(
            number => (number % 2 == 0 ? one : other).AddNameAsync(NameList.Blocks, "me", Name($"n{number}"), s_none).AsTask()));
        Assert.Equal(StateLimits.MaxNames, statuses.Count(status => status == ListStatus.Done));
        Assert.Equal(10, statuses.Count(status => status == ListStatus.Full));
        Assert.Equal(StateLimits.MaxNames, (await one.LoadAsync("me", s_none)).Blocks.Count);
        Assert.Equal(ListStatus.Done, await one.AddNameAsync(NameList.Buddies, "me", Name("friend"), s_none));
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task BlockingBuddies_FriendBlocksAndUnblocks_FollowsIt(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.AddNameAsync(NameList.Buddies, "me", Name("x"), s_none);
        await store.AddNameAsync(NameList.Buddies, "me", Name("y"), s_none);
        await store.AddNameAsync(NameList.Blocks, "y", Name("me"), s_none);
        await store.AddNameAsync(NameList.Blocks, "stranger", Name("me"), s_none);
        Assert.Equal(["y"], (await store.LoadAsync("me", s_none)).BlockingBuddies);
        await store.RemoveNameAsync(NameList.Blocks, "y", "me", s_none);
        Assert.Empty((await store.LoadAsync("me", s_none)).BlockingBuddies);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Changes_EachOperation_NamesThoseWhoseRecordChanges(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        long cursor = await store.GetCursorAsync(s_none);
        cursor = await AssertChangedAsync(store, cursor, ["a"], async () => await store.SetMuteAsync("a", new Mute(s_now, "r"), s_none));
        cursor = await AssertChangedAsync(store, cursor, [], async () => await store.SetMuteAsync("b", null, s_none));
        cursor = await AssertChangedAsync(store, cursor, ["a"], async () => await store.AddNameAsync(NameList.Buddies, "a", Name("b"), s_none));
        cursor = await AssertChangedAsync(store, cursor, [], async () => await store.AddNameAsync(NameList.Buddies, "a", Name("b"), s_none));
        cursor = await AssertChangedAsync(store, cursor, ["a", "b"], async () => await store.AddNameAsync(NameList.Blocks, "b", Name("a"), s_none));
        cursor = await AssertChangedAsync(store, cursor, ["a", "b"], async () => await store.RemoveNameAsync(NameList.Blocks, "b", "a", s_none));
        cursor = await AssertChangedAsync(store, cursor, ["p"], async () => await store.CreatePartyAsync(Name("p"), s_none));
        cursor = await AssertChangedAsync(store, cursor, [], async () => await store.InviteAsync(Name("p"), Name("q"), s_now, s_none));
        cursor = await AssertChangedAsync(store, cursor, ["p", "q"], async () => await store.AcceptAsync(Name("q"), s_now, s_none));
        cursor = await AssertChangedAsync(store, cursor, ["p", "q"], async () => await store.KickAsync("p", "q", s_none));
        cursor = await AssertChangedAsync(store, cursor, ["p"], async () => await store.LeavePartyAsync("p", s_none));
        Assert.Equal(cursor, await store.GetCursorAsync(s_none));
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Changes_MoreThanAreReadAtOnce_NoneIsSkipped(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        const int Count = 600;
        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => store.SetMuteAsync($"k{number}", new Mute(s_now, ""), s_none).AsTask()));
        var seen = new HashSet<string>();
        long cursor = 0;
        bool hasMore;
        do
        {
            ChangeBatch batch = await store.ReadChangesAsync(cursor, s_none);
            Assert.True(batch.Cursor > cursor);
            Assert.Equal(batch.Keys.Count, batch.Keys.Distinct().Count());
            seen.UnionWith(batch.Keys);
            (cursor, hasMore) = (batch.Cursor, batch.HasMore);
        }
        while (hasMore);

        Assert.Equal(Count, seen.Count);
        Assert.Empty((await store.ReadChangesAsync(cursor, s_none)).Keys);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Changes_WhileTwoStoresWrite_APollerMissesNone(StateKind kind)
    {
        IStateStore[] writers = [await OpenAsync(kind), await OpenAsync(kind)];
        IStateStore poller = await OpenAsync(kind);
        const int Lanes = 8;
        const int Each = 40;
        Task writing = Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            for (int number = 0; number < Each; number++)
            {
                await writers[lane % 2].SetMuteAsync($"k{lane}-{number}", new Mute(s_now, ""), s_none);
            }
        }));
        var seen = new HashSet<string>();
        long cursor = 0;
        bool isLast;
        do
        {
            isLast = writing.IsCompleted;
            ChangeBatch batch = await poller.ReadChangesAsync(cursor, s_none);
            seen.UnionWith(batch.Keys);
            cursor = batch.Cursor;
            isLast &= !batch.HasMore;
        }
        while (!isLast);

        await writing;
        Assert.Equal(Lanes * Each, seen.Count);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task AnotherStore_OnTheSameData_SeesWhatWasAcknowledged(StateKind kind)
    {
        IStateStore one = await OpenAsync(kind);
        IStateStore other = await OpenAsync(kind);
        for (int number = 0; number < 20; number++)
        {
            await one.SetMuteAsync("a", new Mute(s_now.AddSeconds(number), "r"), s_none);
            CharacterRecord record = await other.LoadAsync("a", s_none);
            Assert.Equal(s_now.AddSeconds(number), record.Mute?.UntilUtc);
            Assert.Equal(await other.GetCursorAsync(s_none), record.Version);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    internal async Task Reopened_AfterAStop_HasEverything(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.SetMuteAsync("a", new Mute(s_now, "r"), s_none);
        await store.AddNameAsync(NameList.Blocks, "a", Name("b"), s_none);
        await store.AddNameAsync(NameList.Buddies, "a", Name("c"), s_none);
        PartyResult made = await store.CreatePartyAsync(Name("a"), s_none);
        CharacterRecord before = await store.LoadAsync("a", s_none);
        store.Dispose();

        CharacterRecord after = await (await OpenAsync(kind)).LoadAsync("a", s_none);
        Assert.Equal((before.Version, before.Mute), (after.Version, after.Mute));
        Assert.Equal(before.Blocks, after.Blocks);
        Assert.Equal(before.Buddies, after.Buddies);
        Assert.Equal(made.Party!.Id, after.Party?.Id);
        Assert.Equal([Name("a")], after.Party!.Members);
    }

    [Theory, OnSqlite, OnPostgres]
    internal async Task Open_ManyAtOnceOnNothing_AllCanBeUsed(StateKind kind)
    {
        IStateStore[] stores = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OpenAsync(kind)));
        await Task.WhenAll(stores.Select((store, number) => store.AddNameAsync(NameList.Blocks, "me", Name($"n{number}"), s_none).AsTask()));
        Assert.Equal(stores.Length, (await stores[0].LoadAsync("me", s_none)).Blocks.Count);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Operation_CancelledBefore_DoesNotHappen(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.SetMuteAsync("a", new Mute(s_now, "r"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.LoadAsync("a", cancelled));
        Assert.Null((await store.LoadAsync("a", s_none)).Mute);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Operation_TooLongOrEmpty_IsMisuse(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        string tooLong = new('a', 129);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.LoadAsync(tooLong, s_none));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.LoadAsync("", s_none));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.AddNameAsync(NameList.Blocks, "a", new KeptName("b", tooLong), s_none));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.SetMuteAsync("a", new Mute(s_now, tooLong), s_none));
        Assert.Equal(0, await store.GetCursorAsync(s_none));
    }

    public void Dispose() => _world?.Dispose();

    private static KeptName Name(string name) => new(name, name.ToUpperInvariant());

    private static async Task<long> AssertChangedAsync(IStateStore store, long cursor, string[] keys, Func<Task> change)
    {
        await change();
        ChangeBatch batch = await store.ReadChangesAsync(cursor, s_none);
        Assert.Equal(keys, batch.Keys.Order(StringComparer.Ordinal));
        Assert.False(batch.HasMore);
        return batch.Cursor;
    }

    private async Task<IStateStore> OpenAsync(StateKind kind)
    {
        _world ??= await StoreWorld.MakeAsync(kind, cluster);
        return await _world.OpenAsync();
    }
}
