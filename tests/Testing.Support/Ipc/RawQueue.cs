using System.ComponentModel;
using Shared.Protocol.Interop.Linux;

namespace Testing.Support.Ipc;

/// <summary>A queue as a program outside the daemons sees it: bytes of a type go in and out, and nobody checks them.</summary>
/// <param name="id">The queue's id.</param>
public sealed unsafe class RawQueue(int id)
{
    private const int MaxTextBytes = 8192;

    /// <summary>The queue's id.</summary>
    public int Id => id;

    /// <summary>How many messages wait in it; null where it is gone.</summary>
    public long? Depth => SysMsg.Stat(id, out MsqidDs state).Succeeded ? (long)state.msg_qnum : null;

    /// <summary>How many bytes the messages in it have; null where it is gone.</summary>
    public long? Bytes => SysMsg.Stat(id, out MsqidDs state).Succeeded ? (long)state.msg_cbytes : null;

    /// <summary>The process that put the last message in; 0 for none.</summary>
    public int LastSender => SysMsg.Stat(id, out MsqidDs state).Succeeded ? state.msg_lspid : 0;

    /// <summary>Opens a key's queue, or makes it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="mode">The permission bits of a new one.</param>
    public static RawQueue OpenOrCreate(int key, int mode = 0x180)
    {
        CallResult opened = SysMsg.msgget(key, SysIpc.IPC_CREAT | mode);
        return opened.Succeeded ? new RawQueue(opened.Value) : throw new Win32Exception((int)opened.Error);
    }

    /// <summary>Puts a message in; it must have room.</summary>
    public void Send(long mtype, ReadOnlySpan<byte> text)
    {
        byte* message = stackalloc byte[sizeof(long) + MaxTextBytes];
        *(long*)message = mtype;
        text.CopyTo(new Span<byte>(message + sizeof(long), MaxTextBytes));
        Errno error = SysMsg.msgsnd(id, message, (nuint)text.Length, SysIpc.IPC_NOWAIT);
        if (error != Errno.None)
        {
            throw new Win32Exception((int)error);
        }
    }

    /// <summary>Takes the oldest message of a type; null where there is none.</summary>
    public byte[]? TryReceive(long mtype)
    {
        byte* message = stackalloc byte[sizeof(long) + MaxTextBytes];
        CallResult received = SysMsg.msgrcv(id, message, MaxTextBytes, mtype, SysIpc.IPC_NOWAIT);
        return received.Succeeded ? new ReadOnlySpan<byte>(message + sizeof(long), received.Value).ToArray()
            : received.Error == Errno.ENOMSG ? null
            : throw new Win32Exception((int)received.Error);
    }

    /// <summary>How many bytes it holds, and its permission bits.</summary>
    public (long CapacityBytes, int Mode) Limits
    {
        get
        {
            MsqidDs state = Stat();
            return ((long)state.msg_qbytes, (int)state.msg_perm.mode & SysIpc.PermissionMask);
        }
    }

    /// <summary>Changes how many bytes it holds and its permission bits, as its owner or root may at any time.</summary>
    public void Change(long capacityBytes, int mode)
    {
        MsqidDs state = Stat();
        state.msg_qbytes = (ulong)capacityBytes;
        state.msg_perm.mode = (uint)mode;
        CallResult set = SysMsg.Set(id, state);
        if (!set.Succeeded)
        {
            throw new Win32Exception((int)set.Error);
        }
    }

    /// <summary>Removes it, under whoever uses it (as <c>ipcrm -q</c> does).</summary>
    public void Remove() => SysMsg.Remove(id);

    private MsqidDs Stat()
    {
        CallResult stat = SysMsg.Stat(id, out MsqidDs state);
        return stat.Succeeded ? state : throw new Win32Exception((int)stat.Error);
    }
}
