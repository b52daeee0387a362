using System.Globalization;
using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Testing.Support.CCompiler;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.CPrograms;

/// <summary>A chatD in C that knows nothing but <c>docs/wire-format.md</c>, beside the real one at the same channelD.</summary>
public sealed class MessagePackPeerTests
{
    [RequiresCCompilerTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CPeer_GreetsLogsInAndAsks_IsAPlayerLikeAllOthers(bool usesSingleQueue)
    {
        using ServerPair pair = await ServerPair.StartAsync($"--Ipc:SingleQueue={usesSingleQueue}");
        using var programs = new CProgramFolder();
        await using TestPlayer player = await pair.LogInAsync("자바", map: "페리온");
        ChildProcess peer = await programs.StartAsync(
            "msgpack_peer", Invariant(pair.Keys.RequestKey), Invariant(usesSingleQueue ? pair.Keys.RequestKey : pair.Keys.ResultKey), "1", "씨언어", "/찾기 자바");
        await peer.HasPrintedAsync("ready");

        Assert.Equal(
            ["channel 1", "status 1 ", "name 씨언어", "status 1 ", "command find", "code same_map", "argument 자바", "argument 페리온", "ready"],
            peer.Lines);
        ServerResult found = await player.AskAsync("/찾기 씨언어");
        Assert.Equal(("same_map", "커닝시티"), (found.Code, found.Arguments[1]));

        // Its farewell ends its session, and no other.
        Assert.Equal(0, await peer.EndAsync());
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while ((await player.AskAsync("/찾기 씨언어")).Code != "not_found")
        {
            deadline.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal("same_map", (await player.AskAsync("/찾기 자바")).Code);
        await player.DisposeAsync();
        await pair.StopCleanlyAsync();
    }

    [RequiresCCompilerFact]
    public async Task CPeer_NameInUse_IsToldTheCode()
    {
        using ServerPair pair = await ServerPair.StartAsync();
        using var programs = new CProgramFolder();
        await using TestPlayer player = await pair.LogInAsync("자바");
        ChildProcess peer = await programs.StartAsync(
            "msgpack_peer", Invariant(pair.Keys.RequestKey), Invariant(pair.Keys.ResultKey), "1", "자바", "/누구");

        Assert.Equal(3, await peer.EndAsync());
        Assert.Equal(["channel 1", "status 2 name_taken"], peer.Lines);
    }

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
