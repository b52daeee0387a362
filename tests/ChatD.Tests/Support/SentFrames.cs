using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;

namespace ChatD.Tests.Support;

/// <summary>Reads what went to a player.</summary>
internal static class SentFrames
{
    private const int MaxFrameBytes = 1 << 20;

    /// <summary>All results that are in the pipe by now.</summary>
    public static List<ServerResult> TakeResults(PipeReader reader) => TakeAll(reader, static (_, payload) => PlayerFraming.ReadMessage<ServerResult>(payload));

    /// <summary>The answer to a log-in, which is all that is in the pipe by now.</summary>
    public static ServerLoggedIn TakeLoggedIn(PipeReader reader) =>
        Assert.Single(TakeAll(reader, static (_, payload) => PlayerFraming.ReadMessage<ServerLoggedIn>(payload)));

    /// <summary>What is in the pipe by now, as a text: <c>in</c> for the answer to a log-in, the number of the line for a result,
    /// <c>e</c> and its number for an event.</summary>
    public static string TakeOrder(PipeReader reader, out ServerLoggedIn greeting)
    {
        ServerLoggedIn loggedIn = default;
        string order = string.Join(' ', TakeAll(reader, (type, payload) =>
        {
            if (type == MessageTypes.ServerLoggedIn)
            {
                loggedIn = PlayerFraming.ReadMessage<ServerLoggedIn>(payload);
                return "in";
            }

            if (type == MessageTypes.ServerEvent)
            {
                return string.Create(CultureInfo.InvariantCulture, $"e{PlayerFraming.ReadMessage<ServerEvent>(payload).Number}");
            }

            return PlayerFraming.ReadMessage<ServerResult>(payload).LineId.ToString(CultureInfo.InvariantCulture);
        }));
        greeting = loggedIn;
        return order;
    }

    private static List<T> TakeAll<T>(PipeReader reader, Func<int, byte[], T> read)
    {
        var messages = new List<T>();
        if (!reader.TryRead(out ReadResult result))
        {
            return messages;
        }

        ReadOnlySequence<byte> received = result.Buffer;
        while (PlayerFraming.TryReadFrame(ref received, MaxFrameBytes, out ReadOnlySequence<byte> payload, out _))
        {
            byte[] bytes = payload.ToArray();
            messages.Add(read(MessageTypes.Peek(bytes), bytes));
        }

        reader.AdvanceTo(received.Start, received.End);
        return messages;
    }
}
