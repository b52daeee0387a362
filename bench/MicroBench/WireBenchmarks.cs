using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace MicroBench;

/// <summary>Encoding and decoding alone.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the method that is marked as the clean-up, and no other.")]
public class WireBenchmarks
{
    private readonly MessagePackCodec _codec = new();
    private readonly PooledBuffer _written = new();
    private readonly PooledBuffer _scratch = new();
    private byte[] _request = [];
    private byte[] _result = [];

    /// <summary>Makes the frames that are read.</summary>
    [GlobalSetup]
    public void Setup()
    {
        WriteRequest();
        _request = _written.WrittenSpan.ToArray();
        WriteResult();
        _result = _written.WrittenSpan.ToArray();
    }

    /// <summary>A request's frame.</summary>
    [Benchmark]
    public int WriteRequest() => Write(MessageKind.Request, Example.Results.MType, Example.Request);

    /// <summary>A result's frame.</summary>
    [Benchmark]
    public int WriteResult() => Write(MessageKind.Result, 0, Example.Result);

    /// <summary>A request's frame and its line.</summary>
    [Benchmark]
    public string ReadRequest()
    {
        _ = _codec.TryRead(_request, _scratch, MessageKind.Request, out _, out ReadOnlySpan<byte> body);
        var reader = new MessagePackReader(body);
        return CommandRequest.Read(ref reader).Line;
    }

    /// <summary>A result's frame and what it says.</summary>
    [Benchmark]
    public string ReadResult()
    {
        _ = _codec.TryRead(_result, _scratch, MessageKind.Result, out _, out ReadOnlySpan<byte> body);
        var reader = new MessagePackReader(body);
        return ResultBody<CommandResult>.Read(ref reader).Message.Code;
    }

    /// <summary>Gives the buffers back.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _written.Dispose();
        _scratch.Dispose();
    }

    private int Write<TBody>(MessageKind kind, long replyMailbox, in TBody body)
        where TBody : IWireMessage<TBody>
    {
        _written.Clear();
        var envelope = new Envelope
        {
            Kind = kind,
            RequestId = 100UL << 16,
            Generation = Example.Generation,
            ReplyMailbox = replyMailbox,
            UserId = 12_345,
            DeadlineNs = new MonotonicClock(TimeProvider.System).NowNs,
        };
        _codec.Write(envelope, body, _written);
        return _written.WrittenBytes;
    }
}
