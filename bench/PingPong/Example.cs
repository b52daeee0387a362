using Shared.Protocol.Hosting;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace PingPong;

/// <summary>The one request that is measured, a <c>/찾기</c>, and its answer; how large both are, and what reading them costs.</summary>
internal static class Example
{
    /// <summary>Where requests go.</summary>
    internal static readonly Mailbox Requests = new(MailboxKind.Request, 0);

    /// <summary>Where results go.</summary>
    internal static readonly Mailbox Results = new(MailboxKind.Result, 0);

    /// <summary>What a player typed.</summary>
    internal static readonly CommandRequest Request = new("/찾기 타락파워전사");

    /// <summary>What channelD answers.</summary>
    internal static readonly ResultBody<CommandResult> Result =
        ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", ["타락파워전사", "헤네시스"], Text: null));

    /// <summary>The session that asks.</summary>
    internal const int UserId = 12_345;

    /// <summary>The bytes of a request's frame, with an id and a deadline as they are after a minute.</summary>
    internal static int RequestBytes => SizeOf(MessageKind.Request, Results.MType, Request);

    /// <summary>The bytes of a result's frame.</summary>
    internal static int ResultBytes => SizeOf(MessageKind.Result, replyMailbox: 0, Result);

    /// <summary>What the strings of a request take in memory where it is read, in bytes.</summary>
    internal static long RequestObjectBytes => ObjectBytesOf(Request);

    /// <summary>What the strings and lists of a result take in memory where it is read, in bytes.</summary>
    internal static long ResultObjectBytes => ObjectBytesOf(Result);

    /// <summary>How both daemons of the benchmark reach each other: as chatD and channelD do by default, but for the way that results take.</summary>
    /// <param name="key">The key of the request queue.</param>
    /// <param name="results">The way that results take; what the asking side says holds.</param>
    internal static IpcOptions Ipc(int key, ResultPathKind results = ResultPathKind.Socket) => new() { RequestKey = key, ResultPath = results };

    private static int SizeOf<T>(MessageKind kind, long replyMailbox, T body)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        var envelope = new Envelope
        {
            Kind = kind,
            RequestId = 100UL << 16,
            Generation = ulong.MaxValue,
            ReplyMailbox = replyMailbox,
            UserId = UserId,
            DeadlineNs = new MonotonicClock(TimeProvider.System).NowNs,
        };
        new MessagePackCodec().Write(envelope, body, frame);
        return frame.WrittenBytes;
    }

    private static long ObjectBytesOf<T>(T body)
        where T : IWireMessage<T>
    {
        const int Times = 1000;
        using var frame = new PooledBuffer();
        var writer = new MessagePackWriter(frame);
        body.Write(ref writer);
        writer.Flush();
        Read(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(Times);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;

        void Read(int times)
        {
            for (int i = 0; i < times; i++)
            {
                var reader = new MessagePackReader(frame.WrittenSpan);
                _ = T.Read(ref reader);
            }
        }
    }
}
