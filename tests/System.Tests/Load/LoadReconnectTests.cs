using System.Tests.Support;
using System.Text.Json;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Load;

/// <summary>The client's own load goes on while daemons are restarted under it, and tells what that has cost: so a restart is measured with containers too.</summary>
public sealed class LoadReconnectTests
{
    private const int Clients = 6;

    // However long a start takes on this machine, lines are still to be run by the next channelD.
    private static readonly string[] s_patience = ["--Ipc:RequestTimeoutMs=60000"];

    [Theory]
    [InlineData("--rate", "300")]
    [InlineData("--pipeline", "16")]
    public async Task RestartEachDaemon_UnderTheLoadOfChatClient_NoLineIsLost(string how, string much)
    {
        using ServerPair pair = await ServerPair.StartAsync(s_patience);
        using ClientProcess load = Start(pair, how, much);
        await MeasuresAsync(load);

        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        _ = pair.LaunchChannel();
        await pair.ChannelRunsAsync();
        await MeasuresAsync(load);

        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(0, (await pair.Chat.StopAsync()).ExitCode);
            Assert.Contains(" 0 unknown,", pair.Chat.Lines.Single(static line => line.Contains("[3001]", StringComparison.Ordinal)), StringComparison.Ordinal);
            DaemonProcess next = pair.LaunchChat("--Log:Level=debug");
            await pair.ChatReadyAsync();
            await next.HasPrintedAsync("[3020]", times: Clients);
            await MeasuresAsync(load);
        }

        load.Terminate();
        Assert.True(await load.EndAsync() == 0, load.ToString());
        JsonElement report = load.Json.Single();
        JsonElement outcomes = report.GetProperty("outcomes");
        Assert.True(outcomes.GetProperty("ok").GetInt64() > 0, report.ToString());
        Assert.Equal(
            (0, 0, 0, 0, 0),
            (Of(outcomes, "busy"), Of(outcomes, "unknown"), Of(report, "unanswered"), Of(report, "notSent"), Of(report, "connectionsLost")));
        Assert.Equal((2 * Clients, 2 * Clients), (Of(report, "reconnects"), Of(report, "newSessions")));
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task KillChat_UnderTheLoadOfChatClient_WhatWasUnderWayIsCountedUnknown()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_patience);
        using ClientProcess load = Start(pair, "--pipeline", "16");
        await MeasuresAsync(load);

        // Nothing is answered any more, and what was sent is not taken back.
        pair.Chat.Pause();
        await Eventually.TrueAsync(() => load.Error.Split('\n').Any(static line => line.StartsWith("measuring", StringComparison.Ordinal) && line.Contains(" 0 answers/s", StringComparison.Ordinal)), "nothing is answered");
        await pair.Chat.KillAsync();
        _ = pair.LaunchChat();
        await pair.ChatReadyAsync();
        await MeasuresAsync(load);

        load.Terminate();
        Assert.True(await load.EndAsync() == 4, load.ToString());
        JsonElement report = load.Json.Single();
        Assert.Equal((Clients, Clients, 0), (Of(report, "reconnects"), Of(report, "newSessions"), Of(report, "connectionsLost")));
        Assert.True(Of(report.GetProperty("outcomes"), "unknown") > 0, report.ToString());
        Assert.Equal(Of(report.GetProperty("outcomes"), "unknown"), Of(report.GetProperty("codes"), "session_lost"));
    }

    [Fact]
    public async Task NoOtherChatComes_WithinTheResumeWindow_TheConnectionsAreLost()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(chat: ["--Chat:ResumeWindowMs=1000"]);
        using ClientProcess load = Start(pair, "--pipeline", "2");
        await MeasuresAsync(load);
        Assert.Equal(0, (await pair.Chat.StopAsync()).ExitCode);

        Assert.True(await load.EndAsync() == 4, load.ToString());
        Assert.Equal(Clients, Of(load.Json.Single(), "connectionsLost"));
    }

    private static ClientProcess Start(ServerPair pair, string how, string much) => new(
        "load", "--server", pair.Address.ToString(), "--clients", $"{Clients}", how, much, "--seconds", "300", "--warm-up", "0", "--mix", "find=9,who=1", "--json");

    /// <summary>Returns when there is a second, from now, in which lines were answered.</summary>
    private static async Task MeasuresAsync(ClientProcess load)
    {
        int before = Count();
        await Eventually.TrueAsync(() => Count() > before + 1, "lines are answered");

        int Count() => load.Error.Split('\n').Count(static line => line.StartsWith("measuring", StringComparison.Ordinal) && !line.Contains(" 0 answers/s", StringComparison.Ordinal));
    }

    private static long Of(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
