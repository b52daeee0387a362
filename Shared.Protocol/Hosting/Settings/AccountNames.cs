using System.Globalization;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Finds the number of a user or a group by its name, in <c>/etc/passwd</c> and <c>/etc/group</c>, and a user's name by the number. Those of a directory
/// service are given by number.
/// </summary>
public static class AccountNames
{
    // (uid_t)-1 and (gid_t)-1 mean "leave unchanged" to the kernel and are nobody's.
    private const uint Nobodys = uint.MaxValue;

    /// <summary>The number of a user given by number or name; null if there is none.</summary>
    public static uint? FindUser(string user) => Find("/etc/passwd", user);

    /// <summary>The number of a group given by number or name; null if there is none.</summary>
    public static uint? FindGroup(string group) => Find("/etc/group", group);

    /// <summary>The name of a user; null if there is none here.</summary>
    public static string? NameOfUser(uint user)
    {
        string number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Accounts("/etc/passwd").FirstOrDefault(fields => fields[2] == number)?[0];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The number says it all.
            return null;
        }
    }

    private static IEnumerable<string[]> Accounts(string file) =>
        // name:password:number:... in both files.
        File.Exists(file) ? File.ReadLines(file).Select(static line => line.Split(':')).Where(static fields => fields.Length >= 3) : [];

    private static uint? Find(string file, string account)
    {
        if (uint.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number == Nobodys ? null : number;
        }

        foreach (string[] fields in Accounts(file))
        {
            if (fields[0] == account && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint found))
            {
                return found;
            }
        }

        return null;
    }
}
