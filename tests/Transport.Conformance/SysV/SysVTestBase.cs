using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Ipc;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>A pair of keys, and transports on it, for tests of what only this mechanism has.</summary>
public abstract class SysVTestBase : IDisposable
{
    protected const uint OtherUid = 65534;
    protected static readonly DaemonClaim ChatD = new(DaemonRole.ChatD, 0);
    protected static readonly DaemonClaim ChannelD = new(DaemonRole.ChannelD, 0);
    protected static readonly Mailbox Requests = new(MailboxKind.Request, 0);
    protected static readonly Mailbox Results = new(MailboxKind.Result, 0);

    protected UniqueIpcKeys Keys { get; } = new();

    protected LineLogger<SysVTransport> Logger { get; } = new();

    public void Dispose()
    {
        Keys.Dispose();
        GC.SuppressFinalize(this);
    }

    protected SysVTransport Open(DaemonClaim claim, long desiredQueueBytes = 0, bool isForeign = false) => SysVTransport.Open(
        new SysVTransportOptions
        {
            RequestKey = Keys.RequestKey,
            Claim = claim,
            DesiredQueueBytes = desiredQueueBytes,
            WireIsForeign = isForeign,
        },
        Logger);

    /// <summary>Makes a queue as a program outside would.</summary>
    protected static int MakeQueue(int key, int mode)
    {
        CallResult made = SysMsg.msgget(key, SysIpc.IPC_CREAT | SysIpc.IPC_EXCL | mode);
        Assert.True(made.Succeeded, made.ToString());
        return made.Value;
    }

    protected static void GiveQueueTo(int id, uint uid) => Change(id, (ref MsqidDs state) => state.msg_perm.uid = uid);

    protected static void Resize(int id, ulong bytes) => Change(id, (ref MsqidDs state) => state.msg_qbytes = bytes);

    /// <summary>Puts a message into a queue past the transport.</summary>
    protected static unsafe void Put(int id, long mtype, int lengthBytes)
    {
        byte[] message = new byte[SysMsg.MTypeBytes + lengthBytes];
        BitConverter.TryWriteBytes(message, mtype);
        fixed (byte* pointer = message)
        {
            Assert.Equal(Errno.None, SysMsg.msgsnd(id, pointer, (nuint)lengthBytes, SysIpc.IPC_NOWAIT));
        }
    }

    protected static Task ArrivedAsync(RecordingReceiver receiver, int count) =>
        Eventually.TrueAsync(() => receiver.Count >= count, $"{count} frames arrived");

    private delegate void Changing(ref MsqidDs state);

    private static void Change(int id, Changing change)
    {
        Assert.True(SysMsg.Stat(id, out MsqidDs state).Succeeded);
        change(ref state);
        CallResult set = SysMsg.Set(id, state);
        Assert.True(set.Succeeded, set.ToString());
    }
}
