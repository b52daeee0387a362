using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>
/// The results that a player was sent and has not confirmed, for the case that his connection is lost: bounded, and when full the oldest
/// are dropped. For one thread at a time.
/// </summary>
/// <param name="maxBytes">How much is kept, in bytes as <see cref="SizeOf"/> counts them.</param>
internal sealed class KeptResults(int maxBytes)
{
    // What frames, headers and numbers of a result take at most, and the header of each of its arguments.
    private const int OverheadBytes = 48;
    private const int ArgumentOverheadBytes = 5;
    private const int MaxUtf8BytesPerChar = 3;

    private readonly Queue<ServerResult> _results = new();

    /// <summary>How much is kept now. No frame of a kept result is larger than it counts here.</summary>
    public int Bytes { get; private set; }

    /// <summary>The last line whose result was dropped before it was confirmed; 0 where there is none.</summary>
    public ulong LastLostLineId { get; private set; }

    /// <summary>How much room a result counts for: at least the bytes of its frame.</summary>
    public static int SizeOf(in ServerResult result)
    {
        int chars = result.Command.Length + result.Code.Length + result.Text.Length;
        for (int i = 0; i < result.Arguments.Count; i++)
        {
            chars += result.Arguments[i].Length;
        }

        return OverheadBytes + (ArgumentOverheadBytes * result.Arguments.Count) + (MaxUtf8BytesPerChar * chars);
    }

    /// <summary>Keeps a result; its line comes behind those of all that were added before.</summary>
    public void Add(in ServerResult result)
    {
        _results.Enqueue(result);
        Bytes += SizeOf(result);

        // One may be larger than the bound, as one frame that waits may: a result of the permitted size reaches whoever comes back.
        while (Bytes > maxBytes && _results.Count > 1)
        {
            LastLostLineId = RemoveFirst();
        }
    }

    /// <summary>Forgets the results up to a line: the player has them.</summary>
    public void Confirm(ulong lastAnsweredLineId)
    {
        while (_results.TryPeek(out ServerResult first) && first.LineId <= lastAnsweredLineId)
        {
            _ = RemoveFirst();
        }
    }

    /// <summary>What is kept, in the order of the lines.</summary>
    public ServerResult[] ToArray() => [.. _results];

    private ulong RemoveFirst()
    {
        ServerResult first = _results.Dequeue();
        Bytes -= SizeOf(first);
        return first.LineId;
    }
}
