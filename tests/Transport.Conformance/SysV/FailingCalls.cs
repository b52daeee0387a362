using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport.SysV;

namespace Transport.Conformance.SysV;

/// <summary>A kernel whose sends, receives and looks at a queue fail as long as a test says so.</summary>
internal sealed unsafe class FailingCalls : SysVCalls
{
    internal volatile Errno SendError;
    internal volatile Errno ReceiveError;
    internal volatile Errno StatError;
    internal volatile int FailedReceives;

    internal override Errno Send(int queueId, byte* message, int textBytes) =>
        SendError != Errno.None ? SendError : base.Send(queueId, message, textBytes);

    internal override CallResult Receive(int queueId, byte* message, int textBytes, long mtype)
    {
        if (ReceiveError == Errno.None)
        {
            return base.Receive(queueId, message, textBytes, mtype);
        }

        FailedReceives++;
        return new CallResult(-1, ReceiveError);
    }

    internal override CallResult StatQueue(int queueId, out MsqidDs state)
    {
        CallResult stat = base.StatQueue(queueId, out state);
        return StatError == Errno.None ? stat : new CallResult(-1, StatError);
    }
}
