using System.Numerics;
using Microsoft.Win32.SafeHandles;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>Makes a ring: a file without a name, with all its room, filled, and then named.</summary>
internal sealed unsafe class RingMaker(RingTransportOptions options)
{
    /// <summary>A new ring of that path; <see cref="RingFault.Missing"/> where another has just made one: try again.</summary>
    internal RingOpening Make(string path)
    {
        Errno made = SysFile.TryMakeNameless(options.Folder, options.Mode, out SafeFileHandle file);
        RingOpening result = default;
        try
        {
            long lengthBytes = RingDescriptor.HeaderBytes + (long)options.RingBytes;
            string step = "made";
            if (made == Errno.None)
            {
                step = "given its owner and mode";
                made = SysFile.TrySetAccess(file, options.GroupId, options.Mode);
            }

            if (made == Errno.None)
            {
                // All of it now. Otherwise the first write that finds no room would end the process (SIGBUS).
                step = $"given its {lengthBytes} bytes";
                made = SysFile.TryReserve(file, lengthBytes);
            }

            if (made == Errno.None)
            {
                step = "filled";
                made = Fill(file, lengthBytes);
            }

            if (made == Errno.None)
            {
                step = "named";
                made = SysFile.TryName(file, path);
            }

            if (made == Errno.None)
            {
                return result = SysStat.TryStat(file, out FileState state)
                    ? RingAdmission.Enter(path, file, state.Identity)
                    : new RingOpening(null, RingFault.Failed, $"The ring '{path}' cannot be looked at.");
            }

            return made == Errno.EEXIST ? new RingOpening(null, RingFault.Missing, string.Empty) : Refuse(path, step, made);
        }
        finally
        {
            if (result.Ring is null)
            {
                file.Dispose();
            }
        }
    }

    private Errno Fill(SafeFileHandle file, long lengthBytes)
    {
        Errno mapped = SysMman.TryMap(file, lengthBytes, out void* address);
        if (mapped != Errno.None)
        {
            return mapped;
        }

        ulong units = (ulong)options.RingBytes / RingDescriptor.WordBytes;
        int lapShift = BitOperations.Log2(units);
        ulong generation = RandomNumber.Draw() | 1;
        ulong laps = (RingPosition.UnitMask >> lapShift) + 1;
        ulong lap = options.LapsBeforeWrap is { } before ? laps - before : RandomNumber.Draw() % laps;
        ulong start = lap << lapShift;
        var header = (byte*)address;
        *(ulong*)(header + RingDescriptor.MagicOffset) = RingDescriptor.Magic;
        *(uint*)(header + RingDescriptor.VersionOffset) = RingDescriptor.Version;
        *(int*)(header + RingDescriptor.HeaderBytesOffset) = RingDescriptor.HeaderBytes;
        *(long*)(header + RingDescriptor.RingBytesOffset) = options.RingBytes;
        *(int*)(header + RingDescriptor.MaxFrameBytesOffset) = RingDescriptor.MaxFrameBytesOf(options.RingBytes);
        *(ulong*)(header + RingDescriptor.GenerationOffset) = generation;
        *(ulong*)(header + RingDescriptor.TailOffset) = start;
        *(ulong*)(header + RingDescriptor.HeadOffset) = start;
        *(ulong*)(header + RingDescriptor.ReadOffset) = start;
        new Span<ulong>(header + RingDescriptor.HeaderBytes, (int)units).Fill(RingWord.Free((uint)lap));
        SysMman.Unmap(address, lengthBytes);
        return Errno.None;
    }

    private RingOpening Refuse(string path, string step, Errno error) => error switch
    {
        Errno.ENOSPC or Errno.ENOMEM => new RingOpening(
            null,
            RingFault.NoRoom,
            $"The ring '{path}' cannot be {step}: {ErrnoTable.Describe(error)}. See `df -h {options.Folder}`; make room there, enlarge it (`mount -o remount,size=128M {options.Folder}`, `docker run --shm-size 128m`), or set a smaller `Ipc:RingBytes`."),
        Errno.EOPNOTSUPP => new RingOpening(
            null, RingFault.Failed, $"The ring '{path}' cannot be {step}: {ErrnoTable.Describe(error)}. Its folder must be a tmpfs, such as /dev/shm, or another file system that knows O_TMPFILE."),
        Errno.ENOENT => new RingOpening(null, RingFault.Failed, $"The ring '{path}' cannot be {step}: the folder '{options.Folder}', or /proc, is not there."),
        _ => new RingOpening(null, RingFault.Failed, $"The ring '{path}' cannot be {step}: {ErrnoTable.Describe(error)}. This user must be able to write to '{options.Folder}'."),
    };
}
