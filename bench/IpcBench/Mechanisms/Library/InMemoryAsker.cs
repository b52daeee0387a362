using System.Diagnostics;
using IpcBench.Exchanging;
using Shared.Protocol.Transport;

namespace IpcBench.Mechanisms.Library;

/// <summary>Asks over the bare transport: the thread that reads a result sends the next request. Owns the transport.</summary>
internal sealed class InMemoryAsker : IAsker, IFrameReceiver
{
    private readonly ITransport _transport;
    private readonly long[] _sentAt = new long[Load.MaxInFlight];
    private readonly Lock _gate = new();
    private TaskCompletionSource _ended = new();
    private Load _load = new(Load.MinSizeBytes, 1, 0);
    private Tally? _tally;
    private byte[] _request = [];
    private long _sent;
    private long _answered;

    /// <summary>Starts to read.</summary>
    internal InMemoryAsker(ITransport transport)
    {
        _transport = transport;
        transport.StartReading(LibraryExample.Results, this);
    }

    /// <inheritdoc/>
    public Task RunAsync(Load load, Tally tally)
    {
        lock (_gate)
        {
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _load = load;
            _tally = tally;
            _request = Message.Make(load.SizeBytes);
            Ask(tally, Stopwatch.GetTimestamp());
            tally.Reach((int)(_sent - _answered));
            return _ended.Task;
        }
    }

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            try
            {
                Tally tally = _tally!;
                Message.Check(frame, _request, _answered, wholly: _load.Count > 0);
                long now = Stopwatch.GetTimestamp();
                tally.Add(now - _sentAt[_answered % Load.MaxInFlight]);
                _answered++;
                Ask(tally, now);
                if (_sent == _answered)
                {
                    _ended.TrySetResult();
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                _ended.TrySetException(exception);
            }
        }
    }

    /// <inheritdoc/>
    public void OnReset()
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private void Ask(Tally tally, long now)
    {
        while (_sent - _answered < _load.InFlight && !tally.IsEnded)
        {
            Message.SetNumber(_request, _sent);
            _sentAt[_sent % Load.MaxInFlight] = now;
            _sent++;
            if (_transport.TrySend(LibraryExample.Requests, _request) != SendStatus.Sent)
            {
                throw new IOException("There is no room for a request.");
            }
        }
    }
}
