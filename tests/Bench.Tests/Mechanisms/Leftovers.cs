using System.Globalization;
using IpcBench.Mechanisms;

namespace Bench.Tests.Mechanisms;

/// <summary>What has outlived those who met at a place.</summary>
internal sealed class Leftovers(Place place)
{
    public IReadOnlyList<string> Find() =>
    [
        .. Directory.Exists(place.Folder) ? Directory.GetFileSystemEntries(place.Folder).Prepend(place.Folder) : [],
        .. NamesIn("/dev/shm"),
        .. NamesIn("/dev/mqueue"),
        .. KeysIn("/proc/sysvipc/msg"),
        .. KeysIn("/proc/sysvipc/sem"),
        .. KeysIn("/proc/sysvipc/shm"),
    ];

    private IEnumerable<string> NamesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Where(path => path.Contains(place.Name, StringComparison.Ordinal)) : [];

    private IEnumerable<string> KeysIn(string table) => File.ReadLines(table).Skip(1)
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture))
        .Where(key => key == place.Key || key == place.Key + 1)
        .Select(key => $"{table}: {key}");
}
