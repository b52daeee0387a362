using Shared.Protocol.Hosting;

namespace Shared.Protocol.Tests.Hosting.Systemd;

/// <summary>A daemon that is as a test says.</summary>
internal sealed class FakePulse : IDaemonPulse
{
    private volatile bool _isReady;
    private volatile bool _isWell = true;
    private volatile string _status = "Starting.";
    private int _beatCount;

    /// <inheritdoc/>
    public bool IsReady => _isReady;

    /// <inheritdoc/>
    public string Status => _status;

    /// <summary>How often it was asked.</summary>
    public int BeatCount => Volatile.Read(ref _beatCount);

    /// <summary>What it says from now on.</summary>
    public void Set(bool isReady, bool isWell, string status) => (_isReady, _isWell, _status) = (isReady, isWell, status);

    /// <inheritdoc/>
    public ValueTask<bool> BeatAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _beatCount);
        return ValueTask.FromResult(_isWell);
    }
}
