using System.Buffers;
using System.IO.Pipelines;
using ChatD.Connections;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Tests.Events;

/// <summary>A connection, of which the test reads the events.</summary>
internal sealed class EventLink : IDisposable
{
    private readonly Pipe _pipe;

    public EventLink(int maxBytes = 1 << 20, int pauseBytes = 0)
    {
        _pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: pauseBytes, resumeWriterThreshold: pauseBytes / 2, useSynchronizationContext: false));
        Outgoing = new OutgoingFrames(_pipe.Writer, maxBytes, new MonotonicClock(TimeProvider.System), new BurstWrites(), () => Overflows++);
    }

    public OutgoingFrames Outgoing { get; }

    /// <summary>How often it was cut off.</summary>
    public int Overflows { get; private set; }

    /// <summary>The greeting that was read, if one was.</summary>
    public ServerLoggedIn? Greeting { get; private set; }

    /// <summary>The events that have come since the last call.</summary>
    public List<ServerEvent> Take()
    {
        Outgoing.Flush();
        var events = new List<ServerEvent>();
        while (_pipe.Reader.TryRead(out ReadResult result))
        {
            ReadOnlySequence<byte> received = result.Buffer;
            bool isWhole = false;
            while (PlayerFraming.TryReadFrame(ref received, 1 << 20, out ReadOnlySequence<byte> payload, out _))
            {
                isWhole = true;
                byte[] bytes = payload.ToArray();
                switch (MessageTypes.Peek(bytes))
                {
                    case MessageTypes.ServerLoggedIn:
                        Greeting = PlayerFraming.ReadMessage<ServerLoggedIn>(bytes);
                        break;
                    case MessageTypes.ServerEvent:
                        events.Add(PlayerFraming.ReadMessage<ServerEvent>(bytes));
                        break;
                    default:
                        break;
                }
            }

            _pipe.Reader.AdvanceTo(received.Start, received.End);
            if (!isWhole || result.IsCompleted)
            {
                break;
            }
        }

        return events;
    }

    public void Dispose() => _pipe.Reader.Complete();
}
