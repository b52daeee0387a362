using System.Diagnostics;
using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>One line on its way. Its answer belongs to the lock of its <see cref="LineQueue"/> until the line is out of it.</summary>
/// <param name="lineId">The client's number of the line.</param>
/// <param name="arrivedNs">When it was read, in nanoseconds of the monotonic clock; 0 where nobody wants to know.</param>
/// <param name="span">Its span; null where it is not traced. It ends when the answer is written.</param>
internal sealed class PendingLine(ulong lineId, long arrivedNs = 0, Activity? span = null)
{
    /// <summary>The client's number of the line.</summary>
    public ulong LineId { get; } = lineId;

    /// <summary>When it was read, in nanoseconds of the monotonic clock; 0 where nobody wants to know.</summary>
    public long ArrivedNs { get; } = arrivedNs;

    /// <summary>Its span; null where it is not traced.</summary>
    public Activity? Span { get; } = span;

    /// <summary>The answer, once there is one.</summary>
    public ServerResult? Answer { get; private set; }

    /// <summary>Gives it its answer.</summary>
    public void SetAnswer(in ServerResult answer) => Answer = answer;
}
