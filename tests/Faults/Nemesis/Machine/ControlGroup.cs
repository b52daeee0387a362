using System.Globalization;

namespace Faults.Nemesis.Machine;

/// <summary>
/// A control group of one controller with a limit, in the hierarchy of either version, for processes that are moved or started into it. It is
/// removed when disposed; its processes are moved out before.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const int PeriodUs = 20_000;

    private readonly string _path;
    private readonly string _parentPath;

    private ControlGroup(string parentPath)
    {
        _parentPath = parentPath;
        _path = Path.Combine(parentPath, string.Create(CultureInfo.InvariantCulture, $"faults-{Environment.ProcessId}-{Random.Shared.Next()}"));
        _ = Directory.CreateDirectory(_path);
    }

    /// <summary>The file that takes the number of a process to be in this group.</summary>
    public string ProcessesPath => Path.Combine(_path, "cgroup.procs");

    /// <summary>Why a controller cannot be used here; null where it can.</summary>
    public static string? FindObstacle(string controller)
    {
        try
        {
            using var group = new ControlGroup(ParentOf(controller));
            string file = controller == "cpu" ? group.CpuFile : group.MemoryFile;
            return File.Exists(Path.Combine(group._path, file)) ? null : $"there is no {file} in a new control group";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"no control group can be made: {failure.Message}";
        }
    }

    /// <summary>A group whose processes have a part of one processor.</summary>
    public static ControlGroup OfProcessorShare(double share)
    {
        var group = new ControlGroup(ParentOf("cpu"));
        int quotaUs = (int)(PeriodUs * share);
        if (group.IsUnified)
        {
            group.Write(group.CpuFile, string.Create(CultureInfo.InvariantCulture, $"{quotaUs} {PeriodUs}"));
        }
        else
        {
            group.Write("cpu.cfs_period_us", PeriodUs.ToString(CultureInfo.InvariantCulture));
            group.Write(group.CpuFile, quotaUs.ToString(CultureInfo.InvariantCulture));
        }

        return group;
    }

    /// <summary>A group whose processes have so much memory; the kernel kills one when they need more.</summary>
    public static ControlGroup OfMemory(long bytes)
    {
        var group = new ControlGroup(ParentOf("memory"));
        group.Write(group.MemoryFile, bytes.ToString(CultureInfo.InvariantCulture));
        return group;
    }

    /// <summary>A prefix for a process that is started in this group.</summary>
    public IReadOnlyList<string> Prefix => ["sh", "-c", $"echo $$ > {ProcessesPath} && exec \"$@\"", "sh"];

    private bool IsUnified => _parentPath == Root;

    private string CpuFile => IsUnified ? "cpu.max" : "cpu.cfs_quota_us";

    private string MemoryFile => IsUnified ? "memory.max" : "memory.limit_in_bytes";

    /// <summary>Moves a process in; false where it has gone.</summary>
    public bool TryAdd(int processId) => TryMove(_path, processId);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string process in File.ReadLines(ProcessesPath).ToArray())
        {
            _ = TryMove(_parentPath, int.Parse(process, CultureInfo.InvariantCulture));
        }

        Directory.Delete(_path);
    }

    private static string ParentOf(string controller) =>
        File.Exists(Path.Combine(Root, "cgroup.controllers")) ? Root : Path.Combine(Root, controller);

    private static bool TryMove(string groupPath, int processId)
    {
        try
        {
            File.WriteAllText(Path.Combine(groupPath, "cgroup.procs"), processId.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(_path, file), value);
}
