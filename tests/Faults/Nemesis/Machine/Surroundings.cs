using Testing.Support.Folders;

namespace Faults.Nemesis.Machine;

/// <summary>What the daemons of a world live in, as far as it is made for them: folder, clock, disk, reader of their output.</summary>
internal sealed class Surroundings : IDisposable
{
    private const int DiskKibibytes = 512;

    public TempFolder Folder { get; } = new();

    /// <summary>Their wall clock; null where it is that of the host.</summary>
    public ShiftedClock? Clock { get; private set; }

    /// <summary>The disk that their logs go to; null where there is none.</summary>
    public SmallDisk? LogDisk { get; private set; }

    /// <summary>Who reads their standard output; null where that is the runner.</summary>
    public OutputReader? Output { get; private set; }

    /// <summary>Makes what the settings ask for.</summary>
    public static async Task<Surroundings> MakeAsync(WorldSettings settings)
    {
        var made = new Surroundings();
        try
        {
            made.Clock = settings.HasShiftedClock ? await ShiftedClock.MakeAsync(made.Folder) : null;
            made.LogDisk = settings.HasLogDisk ? await SmallDisk.MountAsync(made.Folder, DiskKibibytes) : null;
            made.Output = settings.HasOutputReader ? await OutputReader.MakeAsync(made.Folder) : null;
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>What comes before a daemon on a command line of env(1).</summary>
    public IReadOnlyList<string> Prefix(WorldSettings settings)
    {
        List<string> prefix = [.. Clock?.Environment ?? []];
        if (settings.ObeysModes && Rights.OverridesModes)
        {
            prefix.AddRange(["setpriv", "--bounding-set=-ipc_owner"]);
        }

        if (Output is { Path: var path })
        {
            prefix.AddRange(["sh", "-c", $"exec \"$@\" > {path}", "sh"]);
        }

        return prefix;
    }

    /// <summary>Options for a daemon.</summary>
    /// <param name="program">Its name.</param>
    public IReadOnlyList<string> Options(string program) =>
        LogDisk is { } disk ? [$"--Log:File={disk.File(program + ".log")}", "--Log:FileMaxBytes=65536", "--Log:FileCount=2"] : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Output?.Dispose();
        LogDisk?.Dispose();
        Folder.Dispose();
    }
}
