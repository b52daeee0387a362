using System.Globalization;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>
/// Whether systemd-logind removes a user's queues, under a running daemon too, when the last session of that user ends (logind.conf(5), RemoveIPC).
/// </summary>
/// <param name="root">The root of the file system; <c>/</c> but in tests.</param>
internal sealed class LogindSettings(string root)
{
    // The default of systemd's build, which the distributions keep; login.defs says the same to useradd.
    private const uint FirstRegularUserByDefault = 1000;

    // systemd never counts it as somebody's.
    private const uint Nobody = 65534;

    // In the order of their weight, the heaviest first.
    private static readonly string[] s_folders = ["etc/systemd", "run/systemd", "usr/local/lib/systemd", "usr/lib/systemd"];

    /// <summary>The first user number that is no system user's.</summary>
    public uint FirstRegularUser =>
        ReadLines("etc/login.defs")
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["SYS_UID_MAX", _])
            .Select(words => uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint last) ? last + 1 : FirstRegularUserByDefault)
            .LastOrDefault(FirstRegularUserByDefault);

    /// <summary>Whether it removes those of this user, and which file or default says so.</summary>
    /// <param name="userId">The number of the user.</param>
    /// <param name="userName">The name, by which lingering users are known.</param>
    /// <param name="source">Where that comes from; empty when it does not.</param>
    public bool RemovesQueuesOf(uint userId, string userName, out string source)
    {
        source = "";

        // In a container nobody logs in; elsewhere another init is in charge.
        if (!Directory.Exists(Path.Combine(root, "run/systemd/system"))
            || userId < FirstRegularUser
            || userId == Nobody
            || File.Exists(Path.Combine(root, "var/lib/systemd/linger", userName)))
        {
            return false;
        }

        source = "by default";
        bool removes = true;
        foreach (string file in Files())
        {
            foreach (string value in ReadLines(file).Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
                .Where(pair => pair is ["RemoveIPC", _])
                .Select(pair => pair[1]))
            {
                removes = value.ToLowerInvariant() is not ("no" or "false" or "off" or "0" or "n" or "f");
                source = "/" + file;
            }
        }

        return removes;
    }

    /// <summary>The files that count, the later of which overrides the earlier: one main file, then all drop-ins by name, of each name the heaviest.</summary>
    private IEnumerable<string> Files()
    {
        IEnumerable<string> main = s_folders.Select(folder => folder + "/logind.conf").Where(file => File.Exists(Path.Combine(root, file))).Take(1);
        IEnumerable<string> dropIns = s_folders
            .Select(folder => folder + "/logind.conf.d")
            .Where(folder => Directory.Exists(Path.Combine(root, folder)))
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.conf").Select(file => Path.Combine(folder, Path.GetFileName(file))))
            .DistinctBy(Path.GetFileName)
            .OrderBy(Path.GetFileName, StringComparer.Ordinal);
        return main.Concat(dropIns);
    }

    private IEnumerable<string> ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(root, file)).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
