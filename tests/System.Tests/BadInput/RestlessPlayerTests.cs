using System.Buffers;
using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace System.Tests.BadInput;

/// <summary>Clients who send without a pause: the thread that reads their sockets is also that of others, and they do not keep it.</summary>
public sealed class RestlessPlayerTests(SharedPair shared) : IClassFixture<SharedPair>
{
    // At least as many as there are threads that read sockets, one for each processor, so that each has both.
    private static readonly int s_players = 2 * Environment.ProcessorCount;

    [Fact]
    public async Task Line_BesideClientsWhoSendWithoutPause_IsAnswered()
    {
        using var over = new CancellationTokenSource();
        RawPlayer[] restless = await EnterAsync("쉼없는이");
        RawPlayer[] quiet = await EnterAsync("조용한이");
        Task[] sending = [.. restless.Select(player => SendWithoutPauseAsync(player, over.Token))];
        try
        {
            for (ulong lineId = 1; lineId <= 10; lineId++)
            {
                ServerResult[] results = await Task.WhenAll(quiet.Select(player => player.AskAsync(lineId, "/who")));
                Assert.All(results, result => Assert.Equal((lineId, OutcomeKind.Ok), (result.LineId, result.Outcome)));
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(sending);
            Array.ForEach([.. restless, .. quiet], player => player.Dispose());
        }
    }

    private async Task<RawPlayer[]> EnterAsync(string name)
    {
        RawPlayer[] players = [.. Enumerable.Range(0, s_players).Select(_ => new RawPlayer(shared.Pair))];
        for (int i = 0; i < players.Length; i++)
        {
            _ = await players[i].LogInAsync($"{name}{i}");
        }

        return players;
    }

    // Of all frames the ones that cost their sender the least, and that nothing bounds.
    private static async Task SendWithoutPauseAsync(RawPlayer player, CancellationToken cancellationToken)
    {
        var frames = new ArrayBufferWriter<byte>();
        while (frames.WrittenCount < 64 * 1024)
        {
            PlayerFraming.WriteFrame(frames, default(ClientPong));
        }

        await Task.Run(
            async () =>
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    await player.SendAsync(frames.WrittenMemory);
                }
            },
            CancellationToken.None);
    }
}
