namespace Shared.Protocol.Interop.Linux;

/// <summary>What a path or an open file is.</summary>
/// <param name="Uid">Its owner.</param>
/// <param name="Gid">Its group.</param>
/// <param name="Mode">Type and permission bits.</param>
/// <param name="Identity">Which file it is, under whatever name.</param>
internal readonly record struct FileState(uint Uid, uint Gid, int Mode, FileIdentity Identity)
{
    /// <summary>Whether it is a folder, not a link to one.</summary>
    internal bool IsFolder => (Mode & SysStat.S_IFMT) == SysStat.S_IFDIR;

    /// <summary>Whether it is a plain file.</summary>
    internal bool IsFile => (Mode & SysStat.S_IFMT) == SysStat.S_IFREG;

    /// <summary>Whether it is a Unix socket, not a link to one.</summary>
    internal bool IsSocket => (Mode & SysStat.S_IFMT) == SysStat.S_IFSOCK;
}
