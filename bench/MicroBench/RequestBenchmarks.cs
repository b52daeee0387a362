using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire.Codecs;

namespace MicroBench;

/// <summary>
/// A request and its result by the library alone, both sides on one thread and no kernel beneath: ids, deadlines, credits, matching, encoding and decoding. With several in
/// flight they leave in batches, as they do in the daemons. The figures are for one request.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the method that is marked as the clean-up, and no other.")]
public class RequestBenchmarks
{
    private const int Rounds = 256;

    private readonly LoopTransport _transport = new();
    private RequestClient? _client;
    private RequestServer? _server;
    private Task[] _asking = [];
    private bool _isEnding;

    /// <summary>How many requests are in flight.</summary>
    [Params(1, 64)]
    public int InFlight { get; set; }

    /// <summary>Makes both sides and lets the first requests wait.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var codec = new MessagePackCodec();
        _client = new RequestClient(
            _transport, codec, Example.Results, Example.Generation, new RequestClientOptions { WindowBytes = 12_288, TimeoutMs = 600_000 }, TimeProvider.System);
        _client.SetBatching(Example.Requests, takesBatches: true);
        _server = new RequestServer(_transport, codec, new RequestServerOptions(), TimeProvider.System, NullLogger<RequestServer>.Instance);
        _server.Handle<CommandRequest, CommandResult>(static (_, _) => ValueTask.FromResult(Example.Result));
        _server.StartReading(Example.Requests);
        _asking = [.. Enumerable.Range(1, InFlight).Select(AskAsync)];
    }

    /// <summary>Requests go there and results come back, so often that each loop has many turns.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public void RoundTrip()
    {
        for (int round = 0; round < Rounds / InFlight; round++)
        {
            Turn();
        }
    }

    /// <summary>Ends the loops, which go on inline.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _isEnding = true;
        if (_client is not null && _server is not null)
        {
            Turn();
        }

        _client?.Dispose();
        _server?.Dispose();
        if (!_asking.All(static loop => loop.IsCompletedSuccessfully))
        {
            throw new InvalidOperationException("A loop has not ended, or has failed.");
        }
    }

    private void Turn()
    {
        _transport.Deliver(MailboxKind.Request, _server!);
        _transport.Deliver(MailboxKind.Result, _client!);
    }

    private async Task AskAsync(int user)
    {
        while (!_isEnding)
        {
            Outcome<CommandResult> outcome = await _client!.SendAsync<CommandRequest, CommandResult>(Example.Requests, user, Example.Request);
            if (outcome.Kind != OutcomeKind.Ok)
            {
                throw new InvalidOperationException($"A request ended {outcome.Kind} ({outcome.Code}).");
            }
        }
    }
}
