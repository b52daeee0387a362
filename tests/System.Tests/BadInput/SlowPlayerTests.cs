using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Testing.Support.Waiting;

namespace System.Tests.BadInput;

/// <summary>Players who are too slow, in whatever they do: they are cut off with the reason, and nobody else waits for them.</summary>
public sealed class SlowPlayerTests
{
    [Fact]
    public async Task Connect_NoLogInInTime_IsRefusedWithTheReason()
    {
        using ServerPair pair = await StartAsync("--Chat:LogInTimeoutMs=300");
        using var silent = new RawPlayer(pair);

        Assert.Equal("login_timeout", (await silent.ReadRefusalAsync()).Code);

        using var quick = new RawPlayer(pair);
        await quick.LogInAsync("빠른이");
    }

    [Fact]
    public async Task Frame_NotWholeInTime_EndsTheSessionWithTheReason()
    {
        using ServerPair pair = await StartAsync("--Chat:FrameTimeoutMs=300");
        using var slow = new RawPlayer(pair);
        await slow.LogInAsync("느린이");
        await slow.SendAsync(new byte[] { 0, 0, 0, 50, 0x93 });

        Assert.Equal("frame_timeout", (await slow.ReadRefusalAsync()).Code);
    }

    [Fact]
    public async Task Session_SilentForTooLong_IsAskedAndThenEnded()
    {
        using ServerPair pair = await StartAsync("--Chat:PingAfterMs=1000", "--Chat:DeadAfterMs=2500");
        using var dead = new RawPlayer(pair);
        await dead.LogInAsync("말없는이");
        await using TestPlayer alive = await pair.LogInAsync("살아있음");

        await dead.ReadAsync<ServerPing>();
        while (await dead.ReadPayloadAsync() is { } payload)
        {
            // Further pings until it is given up.
            Assert.Equal(ServerPing.TypeNumber, Shared.Protocol.Messages.MessageTypes.Peek(payload));
        }

        // The client library has answered its pings by itself.
        Assert.Equal("same_map", (await alive.AskAsync("/찾기 살아있음")).Code);
    }

    [Fact]
    public async Task Player_NeverReads_IsCutOffAndTheOthersGoOn()
    {
        using ServerPair pair = await StartAsync("--Chat:MaxBufferedBytesPerPlayer=8192", "--Chat:MaxInFlightPerPlayer=1024");
        await using TestPlayer other = await pair.LogInAsync("다른이");
        using var stuck = new RawPlayer(pair);
        await stuck.LogInAsync("안읽는이");

        // Until his session is gone. His answers fill his socket, the pipe, and the buffer; then there is no more room for him.
        Task sending = SendForeverAsync();
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while ((await other.AskAsync("/찾기 안읽는이")).Code != "not_found")
        {
            deadline.Token.ThrowIfCancellationRequested();
        }

        await sending.WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal("same_map", (await other.AskAsync("/찾기 다른이")).Code);
        Assert.Empty(other.Breaches);

        async Task SendForeverAsync()
        {
            // Ends when the server has closed: then nothing is taken any more.
            for (ulong line = 1; await stuck.TrySendAsync(new ClientLine(line, "/도움말")); line++)
            {
            }
        }
    }

    private static async Task<ServerPair> StartAsync(params string[] chat)
    {
        var pair = new ServerPair();
        try
        {
            await pair.StartBothAsync(chat: chat);
            return pair;
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }
}
