using System.Buffers;
using System.IO.Pipelines;
using Shared.Protocol.Messages.Players;

namespace ChatD.Tests.Support;

/// <summary>Reads what went to a player.</summary>
internal static class SentFrames
{
    private const int MaxFrameBytes = 1 << 20;

    /// <summary>All results that are in the pipe by now.</summary>
    public static List<ServerResult> TakeResults(PipeReader reader)
    {
        var results = new List<ServerResult>();
        if (!reader.TryRead(out ReadResult read))
        {
            return results;
        }

        ReadOnlySequence<byte> received = read.Buffer;
        while (PlayerFraming.TryReadFrame(ref received, MaxFrameBytes, out ReadOnlySequence<byte> payload, out _))
        {
            results.Add(PlayerFraming.ReadMessage<ServerResult>(payload.ToArray()));
        }

        reader.AdvanceTo(received.Start, received.End);
        return results;
    }
}
