using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace System.Tests.BadInput;

/// <summary>Lines that no command can be made of: each is answered as an error, and the session goes on.</summary>
public sealed class BadLineTests(SharedPair shared) : IClassFixture<SharedPair>
{
    private static int s_players;

    [Theory]
    [InlineData("", "unknown_command")]
    [InlineData("   ", "unknown_command")]
    [InlineData("/", "unknown_command")]
    [InlineData("/ 찾기 나", "unknown_command")]
    [InlineData("／찾기 나", "unknown_command")]
    [InlineData("ㅤ", "usage")]
    [InlineData("/찾기", "usage")]
    [InlineData("/찾기 ", "usage")]
    [InlineData("/찾기 ㅤ", "usage")]
    [InlineData("/찾기 가\u200B나", "usage")]
    [InlineData("/찾기 열두글자를넘는이름은안됩니다정말", "too_large")]
    [InlineData("/찾기 가\u0000나", "bad_text")]
    [InlineData("/찾기 가\u001b[2J", "bad_text")]
    [InlineData("/찾기 가\u0085나", "bad_text")]
    [InlineData("/이동", "usage")]
    [InlineData("/캐시샵 어디", "usage")]
    public async Task Line_NotUnderstood_IsAnsweredAsAnError(string line, string code)
    {
        using RawPlayer player = await EnterAsync();

        ServerResult result = await player.AskAsync(1, line);

        Assert.Equal((1UL, OutcomeKind.Error, code), (result.LineId, result.Outcome, result.Code));
        Assert.NotEqual(code, result.Text);
        Assert.DoesNotContain(result.Text, char.IsControl);
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync(2, "/who")).Outcome);
    }

    [Fact]
    public async Task Line_LongerThanAllowed_IsAnsweredTooLarge()
    {
        using RawPlayer player = await EnterAsync();

        Assert.Equal("too_large", (await player.AskAsync(1, "/찾기 " + new string('가', 253))).Code);
        Assert.Equal("too_large", (await player.AskAsync(2, new string('x', 257))).Code);
        Assert.Equal("said", (await player.AskAsync(3, new string('x', 256))).Code);
        Assert.Equal(OutcomeKind.Ok, (await player.AskAsync(4, "/who")).Outcome);
    }

    [Theory]
    [InlineData("93 42 01 a2 c080")] // an overlong NUL
    [InlineData("93 42 01 a3 eda080")] // half a surrogate pair
    [InlineData("93 42 01 a2 ff20")]
    [InlineData("93 42 01 d9ff")] // a string that is not there
    [InlineData("92 50 01")] // a message that only servers send
    public async Task Frame_NotReadable_EndsTheSessionWithTheReason(string hex)
    {
        using RawPlayer player = await EnterAsync();
        await player.SendPayloadAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        ServerRefused refused = await player.ReadRefusalAsync();

        Assert.Equal(("bad_frame", "A frame could not be read."), (refused.Code, refused.Text));
    }

    [Fact]
    public async Task Frame_OverTheLimitInASession_EndsItWithTheReason()
    {
        using RawPlayer player = await EnterAsync();
        await player.SendAsync(new ClientLine(1, new string('x', 5000)));

        Assert.Equal("frame_too_long", (await player.ReadRefusalAsync()).Code);
    }

    [Fact]
    public async Task Bye_LinesAreOutstanding_AllAreAnsweredFirst()
    {
        using RawPlayer player = await EnterAsync();
        for (ulong line = 1; line <= 10; line++)
        {
            await player.SendAsync(new ClientLine(line, "/who"));
        }

        await player.SendAsync(default(ClientBye));
        for (ulong line = 1; line <= 10; line++)
        {
            Assert.Equal((line, OutcomeKind.Ok), ((await player.ReadAsync<ServerResult>()) is var result ? (result.LineId, result.Outcome) : default));
        }

        Assert.Null(await player.ReadPayloadAsync());
    }

    private async Task<RawPlayer> EnterAsync()
    {
        var player = new RawPlayer(shared.Pair);
        await player.LogInAsync($"줄{Interlocked.Increment(ref s_players)}");
        return player;
    }
}
