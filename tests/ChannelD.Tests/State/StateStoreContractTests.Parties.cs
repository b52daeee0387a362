using ChannelD.State;
using ChannelD.Tests.State.Support;

namespace ChannelD.Tests.State;

public sealed partial class StateStoreContractTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Create_OnceOnly_IsItsLeaderAndOnlyMember(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        PartyResult made = await store.CreatePartyAsync(Name("a"), s_none);
        Assert.Equal((PartyStatus.Done, "a"), (made.Status, made.Party?.LeaderKey));
        Assert.Equal([Name("a")], made.Party!.Members);
        PartyResult again = await store.CreatePartyAsync(Name("a"), s_none);
        Assert.Equal((PartyStatus.InParty, made.Party.Id), (again.Status, again.Party?.Id));
        Assert.NotEqual(made.Party.Id, (await store.CreatePartyAsync(Name("b"), s_none)).Party?.Id);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Invite_NotAllowed_IsRefusedAndChangesNothing(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        Assert.Equal(PartyStatus.NotInParty, (await store.InviteAsync(Name("a"), Name("b"), s_now, s_none)).Status);
        await FormAsync(store, "a", "b");
        await FormAsync(store, "x", "y");
        Assert.Equal(PartyStatus.NotLeader, (await store.InviteAsync(Name("b"), Name("c"), s_now, s_none)).Status);
        Assert.Equal(PartyStatus.AlreadyMember, (await store.InviteAsync(Name("a"), Name("b"), s_now, s_none)).Status);
        Assert.Equal(PartyStatus.AlreadyMember, (await store.InviteAsync(Name("a"), Name("a"), s_now, s_none)).Status);
        Assert.Equal(PartyStatus.OtherInParty, (await store.InviteAsync(Name("a"), Name("y"), s_now, s_none)).Status);
        Assert.Equal(PartyStatus.Done, (await store.InviteAsync(Name("a"), Name("c"), s_now, s_none)).Status);
        Assert.Equal(PartyStatus.OtherIsInvited, (await store.InviteAsync(Name("x"), Name("c"), s_now, s_none)).Status);
        PartyResult joined = await store.AcceptAsync(Name("c"), s_now, s_none);
        Assert.Equal("a", joined.Party?.LeaderKey);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Accept_UntilTheInvitationEnds_Joins(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.CreatePartyAsync(Name("a"), s_none);
        await store.InviteAsync(Name("a"), Name("b"), s_now, s_none);
        await store.InviteAsync(Name("a"), Name("c"), s_now, s_none);
        DateTimeOffset end = s_now + StateLimits.InvitationLifetime;
        Assert.Equal(PartyStatus.NoInvitation, (await store.AcceptAsync(Name("b"), end, s_none)).Status);
        Assert.Equal(PartyStatus.NoInvitation, (await store.DeclineAsync("b", end, s_none)).Status);
        PartyResult joined = await store.AcceptAsync(Name("c"), end - s_tick, s_none);
        Assert.Equal(PartyStatus.Done, joined.Status);
        Assert.Equal([Name("a"), Name("c")], joined.Party!.Members);
        Assert.Equal(joined.Party.Members, (await store.LoadAsync("a", s_none)).Party!.Members);
        Assert.Equal(PartyStatus.NoInvitation, (await store.AcceptAsync(Name("c"), s_now, s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Invite_Again_CountsFromTheLaterOne(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.CreatePartyAsync(Name("a"), s_none);
        await store.CreatePartyAsync(Name("x"), s_none);
        await store.InviteAsync(Name("a"), Name("b"), s_now, s_none);
        DateTimeOffset later = s_now + StateLimits.InvitationLifetime - s_tick;
        Assert.Equal(PartyStatus.Done, (await store.InviteAsync(Name("a"), Name("b"), later, s_none)).Status);
        Assert.Equal(PartyStatus.OtherIsInvited, (await store.InviteAsync(Name("x"), Name("b"), later + s_tick, s_none)).Status);

        // What is over stands in nobody's way.
        Assert.Equal(PartyStatus.Done, (await store.InviteAsync(Name("x"), Name("b"), later + StateLimits.InvitationLifetime, s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Invite_GuestBlocksTheLeader_LooksTheSameAndInvitesNobody(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.CreatePartyAsync(Name("a"), s_none);
        await store.AddNameAsync(NameList.Blocks, "b", Name("a"), s_none);
        PartyResult blocked = await store.InviteAsync(Name("a"), Name("b"), s_now, s_none);
        PartyResult open = await store.InviteAsync(Name("a"), Name("c"), s_now, s_none);
        Assert.Equal((open.Status, open.Party!.Id, Name("b")), (blocked.Status, blocked.Party!.Id, blocked.Other));
        Assert.Equal(PartyStatus.NoInvitation, (await store.AcceptAsync(Name("b"), s_now, s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Decline_Invited_TellsWhoseItWasAndEndsIt(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.CreatePartyAsync(Name("a"), s_none);
        await store.InviteAsync(Name("a"), Name("b"), s_now, s_none);
        PartyResult declined = await store.DeclineAsync("b", s_now, s_none);
        Assert.Equal((PartyStatus.Done, Name("a")), (declined.Status, declined.Party!.Leader));
        Assert.Equal(PartyStatus.NoInvitation, (await store.DeclineAsync("b", s_now, s_none)).Status);
        Assert.Equal(PartyStatus.NoInvitation, (await store.AcceptAsync(Name("b"), s_now, s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Accept_WhoeverIsInAPartyByNow_IsRefused(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await store.CreatePartyAsync(Name("a"), s_none);
        await store.InviteAsync(Name("a"), Name("b"), s_now, s_none);
        PartyResult own = await store.CreatePartyAsync(Name("b"), s_none);
        PartyResult refused = await store.AcceptAsync(Name("b"), s_now, s_none);
        Assert.Equal((PartyStatus.InParty, own.Party!.Id), (refused.Status, refused.Party?.Id));
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Accept_ManyAtOnceForTheLastPlace_OneGetsIt(StateKind kind)
    {
        IStateStore one = await OpenAsync(kind);
        IStateStore other = await OpenAsync(kind);
        await FormAsync(one, "a", "b", "c", "d", "e");
        string[] guests = ["v", "w", "x", "y"];
        foreach (string guest in guests)
        {
            Assert.Equal(PartyStatus.Done, (await one.InviteAsync(Name("a"), Name(guest), s_now, s_none)).Status);
        }

        PartyResult[] results = await Task.WhenAll(guests.Select(
            (guest, number) => (number % 2 == 0 ? one : other).AcceptAsync(Name(guest), s_now, s_none).AsTask()));
        Assert.Single(results, result => result.Status == PartyStatus.Done);
        Assert.Equal(3, results.Count(result => result.Status == PartyStatus.Full));
        Assert.Equal(StateLimits.MaxPartyMembers, (await one.LoadAsync("a", s_none)).Party!.Members.Count);
        Assert.Equal(PartyStatus.Full, (await one.InviteAsync(Name("a"), Name("z"), s_now, s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Create_ByTheSameNameAtOnce_MakesOneParty(StateKind kind)
    {
        IStateStore one = await OpenAsync(kind);
        IStateStore other = await OpenAsync(kind);
        PartyResult[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            number => (number % 2 == 0 ? one : other).CreatePartyAsync(Name("a"), s_none).AsTask()));
        Assert.Single(results, result => result.Status == PartyStatus.Done);
        Assert.Single(results.Select(result => result.Party!.Id).Distinct());
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Leave_Leader_PassesOnToTheOldestMember(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        await FormAsync(store, "m", "z", "b", "a");
        PartyResult left = await store.LeavePartyAsync("m", s_none);
        Assert.Equal((PartyStatus.Done, "z", Name("z")), (left.Status, left.Party?.LeaderKey, left.Other));
        Assert.Equal([Name("z"), Name("b"), Name("a")], left.Party!.Members);
        Assert.Null((await store.LoadAsync("m", s_none)).Party);
        PartyResult second = await store.LeavePartyAsync("a", s_none);
        Assert.Equal((PartyStatus.Done, default(KeptName)), (second.Status, second.Other));
        Assert.Equal("z", (await store.LoadAsync("b", s_none)).Party?.LeaderKey);
        Assert.Equal(PartyStatus.NotInParty, (await store.LeavePartyAsync("a", s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Leave_LastMember_DissolvesPartyAndInvitations(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        long id = (await store.CreatePartyAsync(Name("a"), s_none)).Party!.Id;
        await store.InviteAsync(Name("a"), Name("b"), s_now, s_none);
        Assert.Equal(PartyStatus.Dissolved, (await store.LeavePartyAsync("a", s_none)).Status);
        Assert.Equal(PartyStatus.NoInvitation, (await store.AcceptAsync(Name("b"), s_now, s_none)).Status);
        Assert.NotEqual(id, (await store.CreatePartyAsync(Name("a"), s_none)).Party!.Id);
        Assert.Equal(PartyStatus.NoInvitation, (await store.AcceptAsync(Name("b"), s_now, s_none)).Status);
    }

    [Theory, OnMemory, OnSqlite, OnPostgres]
    internal async Task Kick_ByTheLeaderOnly_RemovesTheMember(StateKind kind)
    {
        IStateStore store = await OpenAsync(kind);
        Assert.Equal(PartyStatus.NotInParty, (await store.KickAsync("a", "b", s_none)).Status);
        await FormAsync(store, "a", "b", "c");
        Assert.Equal(PartyStatus.NotLeader, (await store.KickAsync("b", "c", s_none)).Status);
        Assert.Equal(PartyStatus.NotMember, (await store.KickAsync("a", "a", s_none)).Status);
        Assert.Equal(PartyStatus.NotMember, (await store.KickAsync("a", "stranger", s_none)).Status);
        PartyResult kicked = await store.KickAsync("a", "b", s_none);
        Assert.Equal((PartyStatus.Done, Name("b")), (kicked.Status, kicked.Other));
        Assert.Equal([Name("a"), Name("c")], kicked.Party!.Members);
        Assert.Null((await store.LoadAsync("b", s_none)).Party);
        Assert.Equal(kicked.Party.Members, (await store.LoadAsync("c", s_none)).Party!.Members);
    }

    private static async Task FormAsync(IStateStore store, string leader, params string[] members)
    {
        Assert.Equal(PartyStatus.Done, (await store.CreatePartyAsync(Name(leader), s_none)).Status);
        foreach (string member in members)
        {
            Assert.Equal(PartyStatus.Done, (await store.InviteAsync(Name(leader), Name(member), s_now, s_none)).Status);
            Assert.Equal(PartyStatus.Done, (await store.AcceptAsync(Name(member), s_now, s_none)).Status);
        }
    }
}
