using System.Globalization;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Finds the number of a user or a group by its name, in <c>/etc/passwd</c> and <c>/etc/group</c>. Those of a directory service are given
/// by number.
/// </summary>
internal static class AccountNames
{
    // (uid_t)-1 and (gid_t)-1 mean "leave unchanged" to the kernel and are nobody's.
    private const uint Nobodys = uint.MaxValue;

    /// <summary>The number of a user given by number or name; null if there is none.</summary>
    public static uint? FindUser(string user) => Find("/etc/passwd", user);

    /// <summary>The number of a group given by number or name; null if there is none.</summary>
    public static uint? FindGroup(string group) => Find("/etc/group", group);

    private static uint? Find(string file, string account)
    {
        if (uint.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number == Nobodys ? null : number;
        }

        if (!File.Exists(file))
        {
            return null;
        }

        foreach (string line in File.ReadLines(file))
        {
            // name:password:number:... in both files.
            string[] fields = line.Split(':');
            if (fields.Length >= 3 && fields[0] == account && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint found))
            {
                return found;
            }
        }

        return null;
    }
}
