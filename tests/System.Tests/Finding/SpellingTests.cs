using System.Tests.Support;
using System.Text;
using Shared.Protocol.Messages.Players;
using Testing.Support.Ports;
using Testing.Support.Processes;

namespace System.Tests.Finding;

/// <summary>One name has many spellings; all of them are the same player, whichever way he came.</summary>
public sealed class SpellingTests : IDisposable
{
    private const string Name = "파워Straße";

    private readonly ServerPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Pair_OverTcpAndUnixSocket_SpellingsOfOneNameAreOnePlayer()
    {
        int port = FreePort.Find();
        _ = _pair.LaunchChannel();
        _ = _pair.LaunchChat($"--Chat:Listen=127.0.0.1:{port},unix:{_pair.SocketPath}");
        await _pair.ReadyAsync();
        string decomposed = Name.Normalize(NormalizationForm.FormD);
        Assert.NotEqual(Name, decomposed);

        await using TestPlayer player = await _pair.LogInAsync(decomposed);
        foreach (string spelling in (string[])[Name, decomposed, "파워STRASSE", "파워strasse", "파워STRASSE".Normalize(NormalizationForm.FormD)])
        {
            ServerResult found = await player.AskAsync($"/찾기 {spelling}");
            Assert.Equal(("same_map", Name), (found.Code, found.Arguments[0]));
        }

        // Over the other way in, in every spelling: the name is taken.
        foreach (string spelling in (string[])[Name, decomposed, "파워STRASSE"])
        {
            using var client = new ClientProcess("--server", $"127.0.0.1:{port}", "--name", spelling, "--json");
            Assert.Equal(3, await client.EndAsync());
            Assert.Contains("[name_taken]", client.Error, StringComparison.Ordinal);
            Assert.Contains($"{spelling.Normalize()}님은 이미 접속 중입니다.", client.Error, StringComparison.Ordinal);
        }

        using var other = new ClientProcess("--server", $"127.0.0.1:{port}", "--name", "다른이", "--json");
        other.Write($"/찾기 {Name}\n");
        Assert.Equal(0, await other.EndAsync());
        Assert.Equal("same_map", other.Results.Single().GetProperty("code").GetString());
    }
}
