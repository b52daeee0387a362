using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace Testing.Support.Users;

/// <summary>Programs that start another one with other rights, and become it. Only root may use them.</summary>
public static class Launchers
{
    /// <summary>A user that nobody is.</summary>
    public const int FirstUid = 61_001;

    /// <summary>Another one.</summary>
    public const int SecondUid = 61_002;

    /// <summary>A group that nobody is in.</summary>
    public const int Gid = 62_000;

    private static readonly string[] s_withoutIpcRights = ["setpriv", "--bounding-set=-ipc_owner", "--inh-caps=-ipc_owner"];

    private static readonly Lazy<string?> s_cannotDrop = new(() => Try(s_withoutIpcRights));

    private static readonly Lazy<string?> s_cannotChange = new(() => Try(As(FirstUid)));

    /// <summary>The same user without his right to use what he has closed to himself (CAP_IPC_OWNER).</summary>
    public static IReadOnlyList<string> WithoutIpcRights => s_withoutIpcRights;

    /// <summary>Why <see cref="WithoutIpcRights"/> does not work here; null where it does.</summary>
    public static string? CannotDropRights => s_cannotDrop.Value;

    /// <summary>Why <see cref="As"/> does not work here; null where it does.</summary>
    public static string? CannotChangeUser => s_cannotChange.Value;

    /// <summary>Another user, who is in <see cref="Gid"/>.</summary>
    public static IReadOnlyList<string> As(int uid)
    {
        string number = uid.ToString(CultureInfo.InvariantCulture);
        return ["setpriv", $"--reuid={number}", $"--regid={number}", $"--groups={Gid.ToString(CultureInfo.InvariantCulture)}"];
    }

    /// <summary>Whether a program of this repository can be started that way: another user may not even be able to read it.</summary>
    private static string? Try(IReadOnlyList<string> launcher)
    {
        string[] command = [.. launcher, "dotnet", BuiltProgram.Path("ChannelD"), "--version-of-nothing"];
        try
        {
            using Process tried = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = tried.StandardError.ReadToEndAsync();

            // It does not know that option, and says so if it can be started at all.
            return tried.WaitForExit(Eventually.DefaultDeadline) && tried.ExitCode == 2
                ? null
                : $"'{string.Join(' ', launcher)}' cannot start a daemon here.";
        }
        catch (Win32Exception exception)
        {
            return $"There is no setpriv (util-linux): {exception.Message}";
        }
    }
}
