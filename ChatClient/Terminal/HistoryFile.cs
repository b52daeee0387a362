using System.Text;

namespace ChatClient.Terminal;

/// <summary>
/// Keeps the history between runs, in a file that only its owner may read. A history that cannot be read or written is no reason to
/// stop chatting: such failures are ignored.
/// </summary>
public static class HistoryFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What MaxLines lines of ordinary length take many times over; a larger file was not written by this client.
    private const long MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Where it is: <c>$XDG_STATE_HOME/chatclient/history</c>, or below <c>~/.local/state</c>; null where there is no home.
    /// </summary>
    public static string? DefaultPath()
    {
        // XDG Base Directory Specification: a relative path there is invalid and ignored.
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathRooted(state))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            state = home.Length > 0 ? Path.Combine(home, ".local", "state") : null;
        }

        return state is null ? null : Path.Combine(state, "chatclient", "history");
    }

    /// <summary>Adds the file's lines to a history.</summary>
    public static void Load(string path, LineHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MaxFileBytes)
            {
                return;
            }

            foreach (string line in File.ReadLines(path, Encoding.UTF8).TakeLast(LineHistory.MaxLines))
            {
                history.Add(line);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Replaces the file by a history, whole or not at all.</summary>
    public static void Save(string path, LineHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        string unfinished = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using (var writer = new StreamWriter(unfinished, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options))
            {
                foreach (string line in history.Lines)
                {
                    writer.Write(line);
                    writer.Write('\n');
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
