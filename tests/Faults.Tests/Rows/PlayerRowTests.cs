using System.Net.Sockets;
using ChatClient.Connection;
using Faults.Checker.History;
using Faults.Load;
using Faults.Nemesis;
using Faults.Recording;
using Faults.Running;
using Faults.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace Faults.Tests.Rows;

/// <summary>Rows 39 to 45 of the fault matrix: what players do.</summary>
public sealed class PlayerRowTests
{
    private const int SlowSenders = 200;

    [Fact]
    public async Task Row39_SlowSenders_AreClosedAndTheOthersServed()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(
            WorldSettings.Unhurried with { ChatOptions = ["--Chat:FrameTimeoutMs=1000", "--Chat:LogInTimeoutMs=5000"] });
        List<Socket> slow = [];
        try
        {
            for (int i = 0; i < SlowSenders; i++)
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                slow.Add(socket);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(world.SocketPath));
                _ = await socket.SendAsync(new byte[1]);
            }

            foreach (Socket socket in slow)
            {
                using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
                byte[] buffer = new byte[1024];
                while (await socket.ReceiveAsync(buffer, deadline.Token) > 0)
                {
                    // The reason comes first, then the end.
                }
            }
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }

        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal(report.Checked.Asked, report.Count(EndKind.Ok));
    }

    [Fact]
    public Task Row40_PlayersWhoDoNotRead_DisturbNobody() => FaultTest.StrikeAsync(Fault.Named("players who do not read"), times: 3);

    [Fact]
    public async Task Row40_PlayerWhoNeverReadsAndAsksOn_DisturbsNobody()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(WorldSettings.Unhurried);
        await using var deaf = new PlayerConnection(await ServerConnector.ConnectAsync(world.Address, Eventually.DefaultDeadline, CancellationToken.None));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await deaf.SendAsync(new ClientLogIn(PlayerProtocol.Version, "deaf", 1, "헤네시스", Language.Korean), flush: true, patience.Token);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            // Until he is held back, or cut off: he cannot go on for ever.
            for (ulong line = 1; ; line++)
            {
                await deaf.SendAsync(new ClientLine(line, "/도움말"), flush: true, patience.Token);
            }
        });
        Assert.NotNull(await world.WaitUntilServedAsync(Recorder.NowNs));
        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal(report.Checked.Asked, report.Count(EndKind.Ok));
    }

    [Fact]
    public async Task Row41_FloodOfOnePlayer_TheOthersAreServed()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(WorldSettings.Unhurried);
        await using OnePlayer flooder = await OnePlayer.LogInAsync(world.Address, "flooder");
        Task<ServerResult>[] answers = await flooder.AskAllAsync(Enumerable.Repeat("/찾기 flooder", 20_000));
        ServerResult[] all = await Task.WhenAll(answers).WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(20_000, all.Length);
        RunReport report = await FaultTest.FinishAsync(world);
        Assert.Equal(0, report.Count(EndKind.Unknown));
    }

    [Fact]
    public async Task Row42_FrameBombs_DisturbNobody()
    {
        RunReport report = await FaultTest.StrikeAsync(Fault.Named("frame bombs"), times: 4, WorldSettings.Unhurried);
        Assert.Equal(report.Checked.Asked, report.Count(EndKind.Ok));
    }

    // There are no tickets; what a session is resumed by is the nearest to one.
    [Fact]
    public async Task Row43_ResumeTokenUsedTwiceAtOnce_IsOneSessionWithOneConnection()
    {
        await using FaultWorld world = await FaultWorld.StartAsync(new WorldSettings());
        for (int round = 0; round < 10; round++)
        {
            string name = $"twin{round}";
            ResumeToken token = ResumeToken.Create();
            OnePlayer first = await OnePlayer.LogInAsync(world.Address, name, token);
            await first.DisposeAsync();
            OnePlayer[] twins = (await Task.WhenAll(TryLogInAsync(world, name, token), TryLogInAsync(world, name, token))).OfType<OnePlayer>().ToArray();
            try
            {
                Assert.NotEmpty(twins);
                Assert.All(twins, twin => Assert.Equal((first.Welcome.SessionId, true), (twin.Welcome.SessionId, twin.Welcome.IsResumed)));
                await Eventually.TrueAsync(() => twins.Count(twin => !twin.Ended.IsCompleted) == 1, "one connection is left");
                ServerResult answer = await twins.Single(twin => !twin.Ended.IsCompleted).AskAsync($"/찾기 {name}");
                Assert.Equal(OutcomeKind.Ok, answer.Outcome);
                InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
                    () => OnePlayer.LogInAsync(world.Address, name, ResumeToken.Create()));
                Assert.Equal("name_taken", refused.Message);
            }
            finally
            {
                foreach (OnePlayer twin in twins)
                {
                    await twin.DisposeAsync();
                }
            }
        }

        _ = await FaultTest.FinishAsync(world);
    }

    [Fact]
    public Task Row44_DisconnectedInFlight_NobodyGetsTheAnswer() => FaultTest.StrikeAsync(Fault.Named("players dropped in flight"), times: 30);

    [Fact]
    public Task Row45_AllPlayersDroppedAtOnce_AllComeBack() =>
        FaultTest.StrikeAsync(Fault.Named("all players dropped at once"), times: 5, new WorldSettings { Clients = 300 });

    private static async Task<OnePlayer?> TryLogInAsync(FaultWorld world, string name, ResumeToken token)
    {
        try
        {
            return await OnePlayer.LogInAsync(world.Address, name, token);
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or ConnectionLostException)
        {
            return null;
        }
    }
}
