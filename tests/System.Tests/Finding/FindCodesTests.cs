using System.Tests.Support;
using System.Text.Json;
using Testing.Support.Processes;

namespace System.Tests.Finding;

/// <summary>The main job, through the real client: every answer that <c>/찾기</c> has, in both languages.</summary>
public sealed class FindCodesTests : IAsyncLifetime, IDisposable
{
    private readonly ServerPair _pair = new();

    // Long enough that a traveller is under way until the test ends.
    public Task InitializeAsync() => _pair.StartBothAsync(channel: ["--Channel:MapLoadMs=60000"]);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Client_TheTwoSentencesOfTheSeed_AreExact()
    {
        using ClientProcess client = _pair.StartClient("나");
        client.Write("/찾기 타락파워전사\n/없는명령\n／찾기 나\n안녕하세요\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(
            ["타락파워전사님을 찾을 수 없습니다.", "알 수 없는 명령입니다.", "알 수 없는 명령입니다.", "나: 안녕하세요"],
            client.Results.Select(static result => result.GetProperty("text").GetString()));
        Assert.Equal(
            [("ok", "find", "not_found"), ("error", "", "unknown_command"), ("error", "", "unknown_command"), ("ok", "say", "said")],
            client.Results.Select(static result => (Text(result, "outcome"), Text(result, "command"), Text(result, "code"))));
    }

    [Theory]
    [InlineData("ko", "/찾기", "찾는이님은 지금 헤네시스에 있습니다.", "둘째님은 지금 2채널에 있습니다.", "부자님은 지금 캐시샵에 있습니다.", "나그네님은 지금 맵을 이동하는 중입니다.", "없는이님을 찾을 수 없습니다.")]
    [InlineData("en", "/find", "찾는이 is in 헤네시스.", "둘째 is in channel 2.", "부자 is in the cash shop.", "나그네 is moving to another map.", "없는이 cannot be found.")]
    public async Task Client_AsksForEachState_GetsItsCodeAndItsText(
        string language, string command, string sameMap, string otherChannel, string cashShop, string inTransfer, string notFound)
    {
        await using TestPlayer second = await _pair.LogInAsync("둘째", channel: 2);
        await using TestPlayer rich = await _pair.LogInAsync("부자");
        await using TestPlayer wanderer = await _pair.LogInAsync("나그네");
        Assert.Equal("entered", (await rich.AskAsync("/캐시샵 들어가기")).Code);
        Assert.Equal("moving", (await wanderer.AskAsync("/이동 페리온")).Code);

        using ClientProcess client = _pair.StartClient("찾는이", "--lang", language);
        foreach (string name in (string[])["찾는이", "둘째", "부자", "나그네", "없는이"])
        {
            client.Write($"{command} {name}\n");
        }

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(
            [("same_map", sameMap), ("other_channel", otherChannel), ("cash_shop", cashShop), ("in_transfer", inTransfer), ("not_found", notFound)],
            client.Results.Select(static result => (Text(result, "code"), Text(result, "text"))));
        Assert.All(client.Results, static result => Assert.Equal("ok", Text(result, "outcome")));
    }

    [Fact]
    public async Task Find_PlayerLogsOut_IsNotFoundAnyMore()
    {
        await using TestPlayer seeker = await _pair.LogInAsync("기다리는이");
        await using (TestPlayer leaver = await _pair.LogInAsync("떠나는이"))
        {
            Assert.Equal("same_map", (await seeker.AskAsync("/찾기 떠나는이")).Code);
        }

        string code = string.Empty;
        for (int attempt = 0; attempt < 1000 && code != "not_found"; attempt++)
        {
            code = (await seeker.AskAsync("/찾기 떠나는이")).Code;
        }

        Assert.Equal("not_found", code);
    }

    private static string Text(JsonElement result, string property) => result.GetProperty(property).GetString()!;
}
