using System.Tests.Support;
using Testing.Support.Processes;

namespace System.Tests.Chat;

/// <summary>What players say, from one real client through both daemons to the others.</summary>
public sealed class SpeakingTests : IAsyncLifetime, IDisposable
{
    private readonly ServerPair _pair = new();
    private readonly ChatClients _clients;

    public SpeakingTests() => _clients = new ChatClients(_pair);

    public Task InitializeAsync() => _pair.StartBothAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _clients.Dispose();
        _pair.Dispose();
    }

    [Fact]
    public async Task Say_ALineWithoutACommand_IsShownToTheMapAndNowhereElse()
    {
        ClientProcess speaker = await _clients.EnterAsync("말하는이");
        ClientProcess near = await _clients.EnterAsync("듣는이");
        ClientProcess far = await _clients.EnterAsync("먼이", map: "페리온");

        await ChatClients.TypeAsync(speaker, "안녕하세요", "말하는이: 안녕하세요");
        await ChatClients.SeesAsync(near, "말하는이: 안녕하세요");

        // What comes after it on the same way has come: what has not been shown by then never is.
        await ChatClients.TypeAsync(speaker, "/확성기 끝", "확성기로 알렸습니다.");
        await ChatClients.SeesAsync(far, "[확성기] 말하는이: 끝");
        await ChatClients.SeesAsync(near, "[확성기] 말하는이: 끝");
        await ChatClients.SeesAsync(speaker, "[확성기] 말하는이: 끝");
        Assert.Equal([("say", "말하는이: 안녕하세요"), ("megaphone", "[확성기] 말하는이: 끝")], ChatClients.EventsOf(near));
        Assert.Equal([("megaphone", "[확성기] 말하는이: 끝")], ChatClients.EventsOf(far));
        Assert.Equal([("megaphone", "[확성기] 말하는이: 끝")], ChatClients.EventsOf(speaker));
    }

    [Fact]
    public async Task WhisperAndReply_TwoLanguagesAndTwoChannels_EachInItsOwn()
    {
        ClientProcess one = await _clients.EnterAsync("첫째");
        ClientProcess other = await _clients.EnterAsync("Second", language: "en", options: ["--channel", "2"]);
        ClientProcess third = await _clients.EnterAsync("셋째");

        await ChatClients.TypeAsync(one, "/귓속말 second 어디 있어요?", "Second님에게 귓속말: 어디 있어요?");
        await ChatClients.SeesAsync(other, "From 첫째: 어디 있어요?");
        await ChatClients.TypeAsync(other, "/r here", "To 첫째: here");
        await ChatClients.SeesAsync(one, "Second님의 귓속말: here");

        await ChatClients.TypeAsync(one, "/확성기 끝", "확성기로 알렸습니다.");
        await ChatClients.SeesAsync(third, "[확성기] 첫째: 끝");
        Assert.Equal(["megaphone"], ChatClients.EventsOf(third).Select(static shown => shown.Code));
    }

    [Fact]
    public async Task Whisper_ToNobodyOrReplyToNobody_IsToldSo()
    {
        ClientProcess client = await _clients.EnterAsync("혼자");
        await ChatClients.TypeAsync(client, "/귓속말 아무개 여보세요", "아무개님을 찾을 수 없습니다.");
        await ChatClients.TypeAsync(client, "/답장 여보세요", "받은 귓속말이 없습니다.");
        Assert.Equal("not_found", ChatClients.CodeOf(client, "/귓속말 아무개 여보세요"));
        Assert.Equal("nobody_whispered", ChatClients.CodeOf(client, "/답장 여보세요"));
        Assert.Equal(0, await client.EndAsync());
    }

    [Fact]
    public async Task Whisper_ToOneWhoHasLeft_IsNotFound()
    {
        ClientProcess client = await _clients.EnterAsync("남은이");
        ClientProcess leaver = await _clients.EnterAsync("떠난이");
        await ChatClients.TypeAsync(client, "/귓속말 떠난이 잘 가요", "떠난이님에게 귓속말: 잘 가요");
        Assert.Equal(0, await leaver.EndAsync());
        await ChatClients.TypeAsync(client, "/귓속말 떠난이 벌써?", "떠난이님을 찾을 수 없습니다.");
    }

    [Fact]
    public async Task Notice_OfAPlayer_IsNoCommandAndReachesNobody()
    {
        ClientProcess player = await _clients.EnterAsync("장난꾼");
        ClientProcess other = await _clients.EnterAsync("다른이");
        await ChatClients.TypeAsync(player, "/공지 점검합니다", "알 수 없는 명령입니다.");
        await ChatClients.TypeAsync(player, "끝", "장난꾼: 끝");
        await ChatClients.SeesAsync(other, "장난꾼: 끝");
        Assert.Equal(["say"], ChatClients.EventsOf(other).Select(static shown => shown.Code));
    }
}
