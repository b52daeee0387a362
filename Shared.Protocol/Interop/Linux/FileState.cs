namespace Shared.Protocol.Interop.Linux;

/// <summary>What a path or an open file is.</summary>
/// <param name="Uid">Its owner.</param>
/// <param name="Gid">Its group.</param>
/// <param name="Mode">Type and permission bits.</param>
/// <param name="Inode">Its number within its file system; another file of the same name has another one as long as this one is open.</param>
internal readonly record struct FileState(uint Uid, uint Gid, int Mode, ulong Inode)
{
    /// <summary>Whether it is a folder, not a link to one.</summary>
    internal bool IsFolder => (Mode & SysStat.S_IFMT) == SysStat.S_IFDIR;

    /// <summary>Whether it is a plain file.</summary>
    internal bool IsFile => (Mode & SysStat.S_IFMT) == SysStat.S_IFREG;
}
