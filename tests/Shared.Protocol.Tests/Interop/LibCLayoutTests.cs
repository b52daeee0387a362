using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shared.Protocol.Interop.Linux;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Shared.Protocol.Tests.Interop;

/// <summary>Every constant, size and offset of the interop layer, against what the machine's C compiler and headers say.</summary>
public sealed class LibCLayoutTests
{
    private static readonly Dictionary<string, long> s_ours = Collect();

    [RequiresCCompilerFact]
    public async Task ConstantsAndLayouts_AgreeWithTheCHeaders()
    {
        using var folder = new TempFolder();
        string program = await CCompiler.CompileTextAsync(folder, "layouts", Source());
        string output = await ProcessOutput.ReadAsync(program);
        Dictionary<string, long> theirs = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('='))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));

        Assert.Equal(s_ours.OrderBy(pair => pair.Key, StringComparer.Ordinal), theirs.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Describe_EveryErrno_HasNameNumberAndMeaning()
    {
        foreach (Errno error in Enum.GetValues<Errno>().Where(error => error != Errno.None))
        {
            Assert.StartsWith($"{error} ({(int)error}): ", ErrnoTable.Describe(error), StringComparison.Ordinal);
        }

        Assert.Equal("errno 9999", ErrnoTable.Describe((Errno)9999));
    }

    private static Dictionary<string, long> Collect()
    {
        var ours = new Dictionary<string, long>
        {
            ["IPC_CREAT"] = SysIpc.IPC_CREAT,
            ["IPC_EXCL"] = SysIpc.IPC_EXCL,
            ["IPC_NOWAIT"] = SysIpc.IPC_NOWAIT,
            ["IPC_RMID"] = SysIpc.IPC_RMID,
            ["IPC_SET"] = SysIpc.IPC_SET,
            ["IPC_STAT"] = SysIpc.IPC_STAT,
            ["IPC_INFO"] = SysIpc.IPC_INFO,
            ["MSG_COPY"] = SysMsg.MSG_COPY,
            ["MSG_NOERROR"] = SysMsg.MSG_NOERROR,
            ["MSG_STAT_ANY"] = SysMsg.MSG_STAT_ANY,
            ["SEM_UNDO"] = SysSem.SEM_UNDO,
            ["GETPID"] = SysSem.GETPID,
            ["GETVAL"] = SysSem.GETVAL,
            ["SETVAL"] = SysSem.SETVAL,
            ["SEM_STAT_ANY"] = SysSem.SEM_STAT_ANY,
            ["AT_FDCWD"] = SysStat.AT_FDCWD,
            ["AT_SYMLINK_NOFOLLOW"] = SysStat.AT_SYMLINK_NOFOLLOW,
            ["AT_EMPTY_PATH"] = SysStat.AT_EMPTY_PATH,
            ["STATX_BASIC_STATS"] = SysStat.STATX_BASIC_STATS,
            ["S_IFDIR"] = SysStat.S_IFDIR,
            ["S_IFREG"] = SysStat.S_IFREG,
            ["S_IWGRP"] = SysStat.S_IWGRP,
            ["S_IWOTH"] = SysStat.S_IWOTH,
            ["O_RDONLY"] = SysFile.O_RDONLY,
            ["O_RDWR"] = SysFile.O_RDWR,
            ["O_CREAT"] = SysFile.O_CREAT,
            ["O_NONBLOCK"] = SysFile.O_NONBLOCK,
            ["O_CLOEXEC"] = SysFile.O_CLOEXEC,
            ["O_NOFOLLOW"] = SysFile.O_NOFOLLOW,
            ["O_EXCL"] = SysFile.O_EXCL,
            ["O_TMPFILE"] = SysFile.O_TMPFILE,
            ["F_OFD_GETLK"] = SysFile.F_OFD_GETLK,
            ["F_OFD_SETLK"] = SysFile.F_OFD_SETLK,
            ["F_WRLCK"] = SysFile.F_WRLCK,
            ["F_UNLCK"] = SysFile.F_UNLCK,
            ["AT_SYMLINK_FOLLOW"] = SysFile.AT_SYMLINK_FOLLOW,
            ["PROT_READ"] = SysMman.PROT_READ,
            ["PROT_WRITE"] = SysMman.PROT_WRITE,
            ["MAP_SHARED"] = SysMman.MAP_SHARED,
            ["MAP_POPULATE"] = SysMman.MAP_POPULATE,
            ["FUTEX_WAIT"] = SysFutex.FUTEX_WAIT,
            ["FUTEX_WAKE"] = SysFutex.FUTEX_WAKE,
            ["SYS_futex"] = SysFutex.SYS_futex,
            ["sizeof(struct flock)"] = Unsafe.SizeOf<Flock>(),
            ["LOCK_EX"] = SysFile.LOCK_EX,
            ["LOCK_NB"] = SysFile.LOCK_NB,
            ["S_IFMT"] = SysStat.S_IFMT,
            ["S_IFSOCK"] = SysStat.S_IFSOCK,
            ["sizeof(struct statx)"] = SysStat.StatxBytes,
            ["offsetof(struct statx, stx_uid)"] = SysStat.UidOffset,
            ["offsetof(struct statx, stx_gid)"] = SysStat.GidOffset,
            ["offsetof(struct statx, stx_mode)"] = SysStat.ModeOffset,
            ["offsetof(struct statx, stx_ino)"] = SysStat.InodeOffset,
            ["offsetof(struct statx, stx_dev_major)"] = SysStat.DeviceMajorOffset,
            ["offsetof(struct statx, stx_dev_minor)"] = SysStat.DeviceMinorOffset,
            ["AF_UNIX"] = SysSocket.AF_UNIX,
            ["SOCK_SEQPACKET"] = SysSocket.SOCK_SEQPACKET,
            ["SOCK_NONBLOCK"] = SysSocket.SOCK_NONBLOCK,
            ["SOCK_CLOEXEC"] = SysSocket.SOCK_CLOEXEC,
            ["SOL_SOCKET"] = SysSocket.SOL_SOCKET,
            ["SO_SNDBUF"] = SysSocket.SO_SNDBUF,
            ["SO_PEERCRED"] = SysSocket.SO_PEERCRED,
            ["MSG_TRUNC"] = SysSocket.MSG_TRUNC,
            ["MSG_DONTWAIT"] = SysSocket.MSG_DONTWAIT,
            ["MSG_NOSIGNAL"] = SysSocket.MSG_NOSIGNAL,
            ["sizeof(struct sockaddr_un)"] = SysSocket.AddressBytes,
            ["offsetof(struct sockaddr_un, sun_path)"] = SysSocket.PathOffset,
            ["POLLIN"] = SysPoll.POLLIN,
            ["POLLOUT"] = SysPoll.POLLOUT,
            ["EFD_CLOEXEC"] = SysPoll.EFD_CLOEXEC,
            ["EFD_NONBLOCK"] = SysPoll.EFD_NONBLOCK,
            ["sizeof(struct ucred)"] = Unsafe.SizeOf<Ucred>(),
            ["sizeof(struct pollfd)"] = Unsafe.SizeOf<PollFd>(),
            ["sizeof(struct ipc_perm)"] = Unsafe.SizeOf<IpcPerm>(),
            ["sizeof(struct msqid_ds)"] = Unsafe.SizeOf<MsqidDs>(),
            ["sizeof(struct msginfo)"] = Unsafe.SizeOf<MsgInfo>(),
            ["sizeof(struct sembuf)"] = Unsafe.SizeOf<SemBuf>(),
            ["sizeof(struct timespec)"] = Unsafe.SizeOf<TimeSpec>(),
        };
        AddOffsets<IpcPerm>(ours, "struct ipc_perm", field => field == "key" ? "__key" : field);
        AddOffsets<MsqidDs>(ours, "struct msqid_ds", field => field == "msg_cbytes" ? "__msg_cbytes" : field);
        AddOffsets<MsgInfo>(ours, "struct msginfo", field => field);
        AddOffsets<SemBuf>(ours, "struct sembuf", field => field);
        AddOffsets<SemidDs>(ours, "struct semid_ds", field => field);
        AddOffsets<Ucred>(ours, "struct ucred", field => field);
        AddOffsets<PollFd>(ours, "struct pollfd", field => field);
        AddOffsets<Flock>(ours, "struct flock", field => field);
        AddOffsets<TimeSpec>(ours, "struct timespec", field => field);
        foreach (Errno error in Enum.GetValues<Errno>().Where(error => error != Errno.None))
        {
            ours[error.ToString()] = (long)error;
        }

        return ours;
    }

    private static void AddOffsets<T>(Dictionary<string, long> to, string structure, Func<string, string> nameInC)
        where T : struct
    {
        foreach (System.Reflection.FieldInfo field in typeof(T).GetFields(
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic))
        {
            to[$"offsetof({structure}, {nameInC(field.Name)})"] = Marshal.OffsetOf<T>(field.Name);
        }
    }

    private static string Source()
    {
        IEnumerable<string> lines = s_ours.Keys.Select(expression => $"    printf(\"%s=%ld\\n\", \"{expression}\", (long)({expression}));");
        return $$"""
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <poll.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <time.h>
            #include <sys/eventfd.h>
            #include <sys/file.h>
            #include <sys/ipc.h>
            #include <linux/futex.h>
            #include <sys/mman.h>
            #include <sys/msg.h>
            #include <sys/sem.h>
            #include <sys/socket.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <sys/un.h>

            int main(void)
            {
                _Static_assert(sizeof(struct semid_ds) <= {{Unsafe.SizeOf<SemidDs>()}}, "the kernel would write past our semid_ds");
                _Static_assert(sizeof(long) == {{SysMsg.MTypeBytes}}, "mtype");
            {{string.Join('\n', lines)}}
                return 0;
            }
            """;
    }
}
