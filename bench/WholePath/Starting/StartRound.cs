using System.Diagnostics;
using System.Globalization;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Ports;

namespace WholePath.Starting;

/// <summary>One start of each.</summary>
/// <param name="TrueMs">What starting a process takes by itself: <c>/bin/true</c>, until it has ended, in milliseconds.</param>
/// <param name="EmptyHost">A program with .NET's host and nothing in it.</param>
/// <param name="Channel">channelD.</param>
/// <param name="Chat">chatD, with that channelD.</param>
internal sealed record StartRound(double TrueMs, StartSample EmptyHost, StartSample Channel, StartSample Chat)
{
    /// <summary>Starts each, and stops it again.</summary>
    internal static async Task<StartRound> MeasureAsync(PublishedPrograms programs, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        using var keys = new UniqueIpcKeys();
        double trueMs = await StartTrueAsync(cancellationToken);
        using ReadyProcess host = await ReadyProcess.StartAsync(programs.PathOf(PublishedPrograms.EmptyHost), [], cancellationToken);
        await host.StopAsync();
        string[] common = [string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={keys.RequestKey}"), $"--Ipc:RuntimeFolder={folder.Path}", "--Ops:Listen=socket"];
        using ReadyProcess channel = await ReadyProcess.StartAsync(
            programs.PathOf(PublishedPrograms.ChannelD), [.. common, $"--Channel:StateFile={folder.File("state.db")}"], cancellationToken);
        string listen = string.Create(CultureInfo.InvariantCulture, $"--Chat:Listen=127.0.0.1:{FreePort.Find()}");
        using ReadyProcess chat = await ReadyProcess.StartAsync(programs.PathOf(PublishedPrograms.ChatD), [.. common, listen], cancellationToken);
        await chat.StopAsync();
        await channel.StopAsync();
        return new StartRound(trueMs, host.Sample, channel.Sample, chat.Sample);
    }

    private static async Task<double> StartTrueAsync(CancellationToken cancellationToken)
    {
        long beganAt = Stopwatch.GetTimestamp();
        using Process process = Process.Start("/bin/true");
        await process.WaitForExitAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(beganAt).TotalMilliseconds;
    }
}
