using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>One line on its way. Its fields belong to the lock of its <see cref="LineQueue"/>.</summary>
/// <param name="lineId">The client's number of the line.</param>
internal sealed class PendingLine(ulong lineId)
{
    /// <summary>The client's number of the line.</summary>
    public ulong LineId { get; } = lineId;

    /// <summary>The answer, once there is one.</summary>
    public ServerResult? Answer { get; private set; }

    /// <summary>Gives it its answer.</summary>
    public void SetAnswer(in ServerResult answer) => Answer = answer;
}
