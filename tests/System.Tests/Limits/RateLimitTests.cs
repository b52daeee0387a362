using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace System.Tests.Limits;

/// <summary>Limits as an operator sets them: through the options of the real channelD.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Say_MoreThanTheOptionAllows_IsAnsweredWithTheSeconds()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(channel: ["--Limits:Enabled=true", "--Limits:SayPerMinute=1", "--Limits:SayBurst=2"]);
        await using TestPlayer player = await pair.LogInAsync("수다쟁이");

        Assert.Equal("said", (await player.AskAsync("하나")).Code);
        Assert.Equal("said", (await player.AskAsync("둘")).Code);
        ServerResult refused = await player.AskAsync("셋");

        Assert.Equal((OutcomeKind.Error, "rate_limited"), (refused.Outcome, refused.Code));
        Assert.Equal($"너무 빨리 입력했습니다. 다시 시도: {Assert.Single(refused.Arguments)}초 후", refused.Text);
        Assert.InRange(int.Parse(refused.Arguments[0], null), 1, 60);
        Assert.Equal("same_map", (await player.AskAsync("/찾기 수다쟁이")).Code);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Daemon_Defaults_LimitTheMegaphone()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(channel: ["--Limits:Enabled=true"]);
        await using TestPlayer player = await pair.LogInAsync("장사꾼");

        // More than would come back while any test may run.
        Task<ServerResult>[] answers = await player.SendAllAsync(Enumerable.Repeat("/확성기 팝니다", 10));
        ServerResult[] results = await Task.WhenAll(answers).WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal(["sent", "sent"], results.Take(2).Select(static result => result.Code));
        Assert.Equal("rate_limited", results[^1].Code);
    }
}
