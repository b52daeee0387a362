using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
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

        // Each has its key on its command line; some may still be starting.
        HashSet<int> keys = [.. Started().SelectMany(KeysOf)];
        await bench.KillAsync();
        await Eventually.TrueAsync(
            () =>
            {
                int[] left = Started();
                keys.UnionWith(left.SelectMany(KeysOf));
                return left.Length == 0;
            },
            "its processes are gone");
        Assert.NotEmpty(keys);
        Assert.Empty(InUse("msg").Intersect(keys));
        Assert.Empty(InUse("sem").Intersect(keys));
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Whatever the benchmark started, and those started, has the environment of this test.
    private int[] Started() => [.. Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => char.IsAsciiDigit(name![0]) && Read($"/proc/{name}/environ").Contains($"TMPDIR={_folder.Path}\0", StringComparison.Ordinal))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];

    // Whichever of the numbers is the key, it and the next one are meant.
    private static IEnumerable<int> KeysOf(int process) => Regex.Matches(Read($"/proc/{process}/cmdline"), "[0-9]{4,10}")
        .Select(number => int.TryParse(number.Value, CultureInfo.InvariantCulture, out int key) ? key : 0)
        .SelectMany(key => new[] { key, key + 1 });

    private static IEnumerable<int> InUse(string kind) => File.ReadLines($"/proc/sysvipc/{kind}").Skip(1)
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));

    // The sixth column: who sent to the queue last.
    private static string[] QueuesOf(int[] processes) => [.. File.ReadLines("/proc/sysvipc/msg").Skip(1)
        .Where(line => processes.Contains(int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5], CultureInfo.InvariantCulture)))];
}
