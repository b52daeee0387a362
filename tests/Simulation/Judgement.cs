using ChannelD.Directory;
using Faults.Checker.History;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Simulation.Daemons;
using Simulation.Network;
using Simulation.Players;

namespace Simulation;

/// <summary>What must be so when all faults are over: everybody is served, nothing is left over, and all can leave.</summary>
internal sealed class Judgement(SimWorld world)
{
    private const int Attempts = 3;

    private long ToEndNs => (world.Settings.Ipc.RequestTimeoutMs * SimScheduler.NsPerMs) + SimWorld.Seconds(10);

    public void Judge()
    {
        if (world.Settings.Ipc.Wire == WireFormat.Text)
        {
            // For so long a late answer is waited for, where nothing else tells it from the next one.
            world.Scheduler.RunUntil(world.NowNs + SimWorld.Seconds(11));
        }

        if (!BecomesQuiet("after the faults"))
        {
            return;
        }

        // More than once: a queue that holds a few frames takes them all at once in small bites only.
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (SimPlayer player in world.Players)
            {
                player.ComeIn();
            }

            if (!BecomesQuiet("after all came in"))
            {
                return;
            }
        }

        if (!world.Settings.IsForC)
        {
            AssertPresence();
        }

        AssertServed();
        foreach (SimMailbox mailbox in world.Network.Read)
        {
            MailboxDepth depth = mailbox.Queue.Depth;
            world.Record(new DepthSampled(world.NowNs, mailbox.Address.ToString(), mailbox.Frames.Count, depth.Bytes, IsAtRest: true));
        }

        Stop();
    }

    private bool BecomesQuiet(string when)
    {
        bool isQuiet = world.Scheduler.RunUntil(world.NowNs + ToEndNs, IsQuiet);
        return world.Expect(
            isQuiet,
            $"Not quiet {when}: {string.Join(", ", world.Daemons.Select(daemon => $"{daemon} has {daemon.Unended} open"))}; "
            + $"{world.Players.Count(player => player.Link is { IsQuiet: false })} players are on their way; "
            + string.Join("; ", world.Daemons.OfType<ChatDaemon>().Select(static chat => chat.DescribeUnsettled())));
    }

    private bool IsQuiet() =>
        world.Daemons.All(daemon => daemon.Unended == 0)
        && world.Players.All(player => player.Link is null or { IsQuiet: true })
        && world.Daemons.OfType<ChatDaemon>().All(chat => chat.AwaitsNobody && chat.IsSettled)
        && world.Network.Queues.All(queue => queue.Depth.Frames == 0);

    /// <summary>Who is in, as the players see it, is who is in, as their channelD sees it, and no other.</summary>
    private void AssertPresence()
    {
        PlayerLink[] present = [.. world.Players.Select(player => player.Link).OfType<PlayerLink>()];
        foreach (PlayerLink link in present)
        {
            var session = new SessionId(link.Chat.Instance, link.Chat.Generation, link.SessionId);
            int owner = link.Chat.Sessions.Find(link.SessionId)?.Owner is { } port ? port.Channel - 1 : -1;
            foreach (ChannelDaemon channel in world.Channels)
            {
                bool knows = channel.Directory.TryGetPlayed(session, out _);
                world.Expect(
                    knows == (channel.Instance == owner),
                    $"{channel} {(knows ? "knows" : "does not know")} {link.Player}, whom {link.Chat} has at channelD {owner}.");
            }
        }

        int names = world.Players.Select(player => player.Name.Key).Distinct().Count();
        world.Expect(present.Length == names, $"{present.Length} players are in, with {names} names among all.");
        foreach (SimPlayer player in world.Players.Where(player => present.All(link => link.Player.Name.Key != player.Name.Key)))
        {
            foreach (ChannelDaemon channel in world.Channels)
            {
                _ = channel.Directory.TryFind(player.Name.Key, out Character ghost);
                world.Note($"{player} is not in; {channel} has {ghost.Session} under that name.");
            }
        }

        int characters = world.Channels.Sum(channel => channel.Directory.Count);
        world.Expect(characters == present.Length, $"The channelDs know {characters} characters, {present.Length} players are in.");
        foreach (ChannelDaemon channel in world.Channels)
        {
            (int byName, int bySession, int byRoom) = channel.Directory.IndexCounts;
            world.Expect(
                byName == bySession && byRoom <= byName, $"The indexes disagree: {byName} names, {bySession} sessions, {byRoom} in rooms.");
        }
    }

    /// <summary>Everybody is served as if nothing had been.</summary>
    private void AssertServed()
    {
        long before = world.Counts[EndKind.Ok];
        int asked = 0;
        foreach (SimPlayer player in world.Players.Where(player => player.Link is not null))
        {
            player.Find();
            asked++;
            world.Scheduler.RunUntil(world.NowNs + ToEndNs, IsQuiet);
        }

        long ok = world.Counts[EndKind.Ok] - before;
        world.Expect(ok == asked, $"Of {asked} requests at rest {ok} ended Ok.");
    }

    private void Stop()
    {
        SimDaemon[] chats = [.. world.Daemons.OfType<ChatDaemon>()];
        foreach (SimDaemon chat in chats)
        {
            chat.Stop();
        }

        AssertGone(chats);
        world.Scheduler.RunUntil(world.NowNs + ToEndNs, () => world.Network.Queues.All(queue => queue.Depth.Frames == 0));
        foreach (ChannelDaemon channel in world.Channels)
        {
            world.Expect(channel.Directory.Count == 0, $"{channel.Directory.Count} characters are in the game of {channel} without a chatD.");
            channel.Stop();
        }

        AssertGone([.. world.Channels]);
    }

    private void AssertGone(IReadOnlyList<SimDaemon> daemons) =>
        world.Expect(
            world.Scheduler.RunUntil(world.NowNs + SimWorld.Seconds(5), () => daemons.All(daemon => daemon.IsGone)),
            "A daemon did not stop within 5 s.");
}
