using IpcBench.Exchanging;
using Shared.Protocol.Hosting;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace IpcBench.Mechanisms.Library;

/// <summary>A player's line whose frame has the wanted size, and how the daemons of the benchmark are set.</summary>
internal static class LibraryExample
{
    /// <summary>Where requests go.</summary>
    internal static readonly Mailbox Requests = new(MailboxKind.Request, 0);

    /// <summary>Where results go.</summary>
    internal static readonly Mailbox Results = new(MailboxKind.Result, 0);

    /// <summary>The asking daemon.</summary>
    internal static readonly DaemonClaim Asker = new(DaemonRole.ChatD, 0);

    /// <summary>The answering daemon.</summary>
    internal static readonly DaemonClaim Answerer = new(DaemonRole.ChannelD, 0);

    /// <summary>The session of the first loop; the others follow.</summary>
    internal const int FirstUserId = 1000;

    /// <summary>As a daemon's by default, but that no request of a load is refused or given up.</summary>
    /// <param name="key">The key of the request queue.</param>
    /// <param name="results">The way that results take.</param>
    internal static IpcOptions Options(int key, ResultPathKind results) => new()
    {
        RequestKey = key,
        ResultPath = results,
        RequestTimeoutMs = 30_000,
        MaxPending = 2 * Load.MaxInFlight,
        MaxPendingBytes = 2 * Load.MaxInFlight * Load.MaxSizeBytes,
    };

    /// <summary>The longest line whose request has at most so many bytes; its result has some fewer.</summary>
    internal static string LineFor(int sizeBytes)
    {
        int length = Math.Max(1, sizeBytes);
        while (length > 1 && FrameBytes(length) > sizeBytes)
        {
            length -= Math.Max(1, FrameBytes(length) - sizeBytes - sizeof(int));
        }

        return new string('x', length);
    }

    /// <summary>What channelD answers: the line, in the place of a name.</summary>
    internal static ResultBody<CommandResult> Answer(CommandRequest request) =>
        ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", [request.Line], Text: null));

    /// <summary>The bytes of a request whose line has so many letters.</summary>
    internal static int FrameBytes(int lineLength)
    {
        using var frame = new PooledBuffer();
        var envelope = new Envelope
        {
            Kind = MessageKind.Request,
            RequestId = 100UL << 16,
            Generation = ulong.MaxValue,
            ReplyMailbox = Results.MType,
            UserId = FirstUserId,
            DeadlineNs = new MonotonicClock(TimeProvider.System).NowNs,
        };
        new MessagePackCodec().Write(envelope, new CommandRequest(new string('x', lineLength)), frame);
        return frame.WrittenBytes;
    }
}
