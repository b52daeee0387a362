using System.Globalization;
using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace System.Tests.Operations;

/// <summary>Limits that an operator changes under players who are in the game: a file, and SIGHUP.</summary>
public sealed class LimitReloadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServerPair _pair = new();
    private readonly ChildProcess _channel;

    public LimitReloadTests()
    {
        Write("""{ "Limits": { "FindPerMinute": 60000, "FindBurst": 10000 } }""");

        // Whoever runs the tests in the background may have had SIGHUP ignored, and daemons inherit that.
        _channel = new ChildProcess(
            "env",
            "--default-signal=HUP",
            $"GAMESERVERS_SETTINGS={_folder.File("channeld.json")}",
            "dotnet",
            BuiltProgram.Path("ChannelD"),
            "--Channel:State=memory",
            $"--Ipc:RequestKey={_pair.Keys.RequestKey.ToString(CultureInfo.InvariantCulture)}",
            $"--Ipc:RuntimeFolder={_pair.RuntimeFolder}");
        _ = _pair.LaunchChat();
    }

    public void Dispose()
    {
        _channel.Dispose();
        _pair.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task HangUp_OtherLimits_HoldForPlayersWhoAreInAndABadFileChangesNothing()
    {
        await _pair.ChatReadyAsync();
        await using TestPlayer player = await _pair.LogInAsync("전사");
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal("same_map", (await player.AskAsync("/찾기 전사")).Code);
        }

        await ChangeAsync("""{ "Limits": { "FindPerMinute": 1, "FindBurst": 2 } }""", "[1410]", times: 1);
        Assert.Contains("[1411] Limits:FindPerMinute is 1 now, and was 60000", _channel.Output, StringComparison.Ordinal);
        Assert.Contains("[1411] Limits:FindBurst is 2 now, and was 10000", _channel.Output, StringComparison.Ordinal);
        await RefusedAsync(player);

        await ChangeAsync("""{ "Limits": { "FindPerMinute": -1, "FindBurst": 0, "FindPerMinut": 5, "SayBurst": 3 } }""", "[1413]", times: 1);
        string refusal = _channel.Lines.Single(static line => line.Contains("[1413]", StringComparison.Ordinal));
        Assert.Contains("Limits:FindPerMinute = -1 is out of range", refusal, StringComparison.Ordinal);
        Assert.Contains("Limits:FindBurst = 0 is out of range", refusal, StringComparison.Ordinal);
        Assert.Contains("Limits:FindPerMinut is no option", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("SayBurst is 3 now", _channel.Output, StringComparison.Ordinal);
        await RefusedAsync(player);

        // As much as they like: also he who had nothing left.
        await ChangeAsync("""{ "Limits": { "FindPerMinute": 0 } }""", "[1410]", times: 2);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal("same_map", (await player.AskAsync("/찾기 전사")).Code);
        }
    }

    private static async Task RefusedAsync(TestPlayer player)
    {
        // One a minute and two at once: of four, one at least is too many, however slow the machine.
        ServerResult[] answers = await Task.WhenAll(await player.SendAllAsync(Enumerable.Repeat("/찾기 전사", 4)));
        ServerResult refused = answers.First(static answer => answer.Code == "rate_limited");
        Assert.InRange(int.Parse(Assert.Single(refused.Arguments), CultureInfo.InvariantCulture), 1, 60);
    }

    private async Task ChangeAsync(string settings, string sign, int times)
    {
        Write(settings);
        _channel.HangUp();
        await _channel.HasPrintedAsync(sign, times);
    }

    private void Write(string settings) => File.WriteAllText(_folder.File("channeld.json"), settings);
}
