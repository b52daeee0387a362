using Shared.Protocol.Transport.ResultPath;

namespace IpcBench.Mechanisms.Library;

/// <summary>Requests and results over System V queues, through the library.</summary>
/// <param name="spinUs">How long its reading threads look again before they sleep, in microseconds.</param>
internal sealed class SysVLibraryMechanism(int spinUs = 0) : QueueLibraryMechanism(ResultPathKind.Queue, spinUs)
{
    private readonly bool _isSpinning = spinUs > 0;

    internal override string Id => _isSpinning ? "sysv-spin" : "sysv";

    internal override string Title => _isSpinning ? "System V queue, spinning" : "System V queue";
}
