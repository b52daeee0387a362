using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Unix;

/// <summary>Which file a path leads to: a socket that was made anew is another one, under whatever name.</summary>
/// <param name="DeviceMajor">The device's number, first part.</param>
/// <param name="DeviceMinor">The device's number, second part.</param>
/// <param name="Inode">The number of the file.</param>
internal readonly record struct SocketFile(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    /// <summary>The socket at a path; false where there is none. A link is not followed.</summary>
    internal static bool TryFind(string path, out SocketFile file)
    {
        bool isThere = SysStat.TryFindSocket(path, out uint major, out uint minor, out ulong inode);
        file = new SocketFile(major, minor, inode);
        return isThere;
    }
}
