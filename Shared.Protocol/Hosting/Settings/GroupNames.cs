using System.Globalization;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>Finds the number of a group by its name, in <c>/etc/group</c>. Groups of a directory service are given by number.</summary>
internal static class GroupNames
{
    private const string GroupFile = "/etc/group";

    // (gid_t)-1 means "leave unchanged" to the kernel and is no group.
    private const uint NoGroup = uint.MaxValue;

    /// <summary>The number of a group given by number or name; null if there is none.</summary>
    public static uint? Find(string group)
    {
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number == NoGroup ? null : number;
        }

        if (!File.Exists(GroupFile))
        {
            return null;
        }

        foreach (string line in File.ReadLines(GroupFile))
        {
            // name:password:gid:members
            string[] fields = line.Split(':');
            if (fields.Length >= 3 && fields[0] == group && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint gid))
            {
                return gid;
            }
        }

        return null;
    }
}
