using IpcBench;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Bench.Tests.Support;

/// <summary>The benchmark as people start it.</summary>
internal static class BenchProcess
{
    /// <summary>Starts it, with its own folders in the test's.</summary>
    public static ChildProcess Start(TempFolder folder, params string[] arguments) => new(
        "env", [$"TMPDIR={folder.Path}", "dotnet", typeof(IpcBenchCommand).Assembly.Location, .. arguments]);
}
