using System.Runtime.InteropServices;

namespace ChatClient.Conversation;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP: the first one ends the input, so that outstanding answers still arrive; the second one ends everything.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _endOfInput = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Listens to the signals from now on.</summary>
    public StopSignals()
    {
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Takes SIGINT for itself where it means "clear what I typed"; returns whether it did.</summary>
    public Func<bool>? Interrupted { get; set; }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken EndOfInput => _endOfInput.Token;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _endOfInput.Dispose();
        _abort.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGINT && Interrupted?.Invoke() == true)
        {
            return;
        }

        if (_endOfInput.IsCancellationRequested)
        {
            _abort.Cancel();
        }

        _endOfInput.Cancel();
    }
}
