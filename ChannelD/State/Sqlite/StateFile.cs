namespace ChannelD.State.Sqlite;

/// <summary>Where the file of the kept state lies. It has to survive a restart of the machine, so a runtime folder will not do.</summary>
internal static class StateFile
{
    private const string Name = "state.db";
    private const string Folder = "gameservers";
    private const string SystemFolder = "/var/lib/" + Folder;

    /// <summary>The files to try, the first that can be used: the one that is set, or where this user's daemons are expected to keep things.</summary>
    /// <param name="configured">The file that is set; null for none.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static IReadOnlyList<string> Candidates(string? configured, Func<string, string?> environment)
    {
        if (configured is not null)
        {
            return [Path.GetFullPath(configured)];
        }

        // systemd.exec(5): what StateDirectory= has made, several with colons between them. Whoever set it means it.
        if (environment("STATE_DIRECTORY")?.Split(':')[0] is { } given && Path.IsPathRooted(given))
        {
            return [Path.Combine(given, Name)];
        }

        List<string> candidates = [];
        if (System.IO.Directory.Exists(SystemFolder))
        {
            candidates.Add(Path.Combine(SystemFolder, Name));
        }

        if (environment("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state))
        {
            candidates.Add(Path.Combine(state, Folder, Name));
        }
        else if (environment("HOME") is { } home && Path.IsPathRooted(home))
        {
            candidates.Add(Path.Combine(home, ".local", "state", Folder, Name));
        }

        return candidates;
    }
}
