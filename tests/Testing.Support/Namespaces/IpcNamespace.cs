using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace Testing.Support.Namespaces;

/// <summary>
/// An IPC namespace of a test's own, with limits of its own, kept by a process that does nothing. Queues in it are seen by those alone who
/// are started in it, and go with it.
/// </summary>
public sealed class IpcNamespace : IDisposable
{
    private static readonly Lazy<string?> s_missingReason = new(Try);
    private readonly ChildProcess _keeper;

    private IpcNamespace(ChildProcess keeper) => _keeper = keeper;

    /// <summary>Why none can be made here with limits of its own; null where it can.</summary>
    public static string? MissingReason => s_missingReason.Value;

    /// <summary>Its inode.</summary>
    public ulong Inode => InodeOf(_keeper.Id);

    /// <summary>Makes one.</summary>
    /// <param name="sysctls">Limits to set in it, e.g. <c>kernel.msgmnb=2048</c>.</param>
    public static async Task<IpcNamespace> MakeAsync(params string[] sysctls)
    {
        // Not with sysctl(8): what it prints and returns differs from one distribution to the next.
        string settings = string.Concat(sysctls.Select(setting =>
            $"echo {setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]} > /proc/sys/{setting[..setting.IndexOf('=', StringComparison.Ordinal)].Replace('.', '/')} && "));
        var keeper = new ChildProcess("unshare", "--ipc", "sh", "-c", settings + "echo made && exec sleep infinity");
        try
        {
            await keeper.HasPrintedAsync("made");
            return new IpcNamespace(keeper);
        }
        catch
        {
            keeper.Dispose();
            throw;
        }
    }

    /// <summary>The inode of a process's namespace.</summary>
    public static ulong InodeOf(int processId) => ulong.Parse(
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/ns/ipc")).LinkTarget.AsSpan().Trim("ipc:[]"),
        CultureInfo.InvariantCulture);

    /// <summary>The program and arguments that run a command in it.</summary>
    public string[] Enter() => ["nsenter", $"--ipc=/proc/{_keeper.Id.ToString(CultureInfo.InvariantCulture)}/ns/ipc", "--"];

    /// <inheritdoc/>
    public void Dispose() => _keeper.Dispose();

    private static string? Try()
    {
        try
        {
            using Process tried = Process.Start(new ProcessStartInfo("unshare", ["--ipc", "sh", "-c", "echo 4096 > /proc/sys/kernel/msgmnb && nsenter --ipc=/proc/self/ns/ipc -- true"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return !tried.WaitForExit(Eventually.DefaultDeadline) ? "unshare does not come back."
                : tried.ExitCode == 0 ? null
                : $"No IPC namespace with limits of its own can be made: {tried.StandardError.ReadToEnd().Trim()}";
        }
        catch (Win32Exception exception)
        {
            return $"There is no unshare (util-linux): {exception.Message}";
        }
    }
}
