using System.Diagnostics;
using System.Globalization;
using Bench.Tests.Support;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace Bench.Tests.CommandLine;

public sealed class InterruptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Run_Interrupted_RemovesAllAndSaysSo()
    {
        using ChildProcess bench = await StartAsync();
        int[] children = Children(bench.Id);
        using (Process kill = Process.Start("kill", ["-INT", bench.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.Equal(130, await bench.ExitAsync());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.Empty(QueuesOf(children));
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"{child} still runs."));
    }

    [Fact]
    public async Task Run_Killed_ItsProcessesEndAndRemoveTheirQueues()
    {
        using ChildProcess bench = await StartAsync();
        int[] children = Children(bench.Id);
        await bench.KillAsync();
        await Eventually.TrueAsync(() => QueuesOf(children).Length == 0 && !children.Any(child => Directory.Exists($"/proc/{child}")), "its processes and queues are gone");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Measures long enough to be interrupted, and is in the middle of it.</summary>
    private async Task<ChildProcess> StartAsync()
    {
        ChildProcess bench = BenchProcess.Start(_folder, "--mechanisms=sysv", "--sizes=64", "--in-flight=1", "--seconds=60");
        await Eventually.TrueAsync(() => QueuesOf(Children(bench.Id)).Length > 0, "its processes have used their queues");
        Assert.NotEmpty(Directory.GetFileSystemEntries(_folder.Path));
        return bench;
    }

    private static int[] Children(int parent)
    {
        string path = $"/proc/{parent}/task";
        return !Directory.Exists(path) ? [] : [.. Directory.EnumerateDirectories(path)
            .SelectMany(thread => Read(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    // The sixth column: who sent to the queue last.
    private static string[] QueuesOf(int[] processes) => [.. File.ReadLines("/proc/sysvipc/msg").Skip(1)
        .Where(line => processes.Contains(int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5], CultureInfo.InvariantCulture)))];
}
