using System.Globalization;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting.Ipc.Beacons;

/// <summary>
/// Finds out that two daemons of one key are in different IPC namespaces: each would make queues of its own there, and wait for the other for
/// ever. So each tells of itself in a folder, outside the queues, and looks there at its start and every few seconds.
/// Disposal takes back what it told.
/// </summary>
internal sealed class NamespaceHandshake : IDisposable
{
    private const int MakeAttempts = 100;
    private const int MakePauseMs = 10;
    private const int ConfirmLooks = 50;
    private static readonly TimeSpan s_watchPeriod = TimeSpan.FromSeconds(2);

    private readonly int _key;
    private readonly Beacon _own;
    private readonly BeaconFolder[] _folders;
    private readonly ILogger _logger;
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _told = [];
    private readonly Lock _gate = new();
    private BeaconFile? _file;
    private ITimer? _timer;

    private NamespaceHandshake(int key, Beacon own, BeaconFolder[] folders, ILogger logger)
    {
        _key = key;
        _own = own;
        _folders = folders;
        _logger = logger;
    }

    /// <summary>
    /// Tells of this daemon, and looks for others of its key. Without a folder that can be used there is nothing to do but to say so.
    /// </summary>
    /// <param name="options">Key, folder and group.</param>
    /// <param name="claim">Which daemon this is.</param>
    /// <param name="ipcNamespace">The inode of this process's IPC namespace; 0 where it cannot be read.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="logger">Takes what an operator should know.</param>
    /// <exception cref="ResourceRefusedException">A living daemon of this key is in another namespace.</exception>
    internal static NamespaceHandshake Begin(IpcOptions options, DaemonClaim claim, ulong ipcNamespace, TimeProvider time, ILogger logger)
    {
        DateTimeOffset now = time.GetUtcNow();
        var own = new Beacon(claim, Environment.ProcessId, Environment.MachineName, now, ipcNamespace);
        List<BeaconFolder> folders = [];
        List<string> reasons = [];
        foreach (string candidate in ipcNamespace == 0 ? [] : BeaconFolder.Candidates(options.RuntimeFolder))
        {
            if (BeaconFolder.TryOpen(candidate, options.GroupId, out string reason, peerUser: options.PeerUserId) is { } folder)
            {
                folders.Add(folder);
            }
            else
            {
                reasons.Add(reason);
            }
        }

        var handshake = new NamespaceHandshake(options.RequestKey, own, [.. folders], logger);
        try
        {
            handshake.Publish(reasons);
            if (handshake.FindElsewhere().FirstOrDefault() is { } other && handshake.IsStillThere(other))
            {
                throw new ResourceRefusedException(handshake.Describe(other));
            }

            handshake._timer = time.CreateTimer(static state => ((NamespaceHandshake)state!).Watch(), handshake, s_watchPeriod, s_watchPeriod);
            return handshake;
        }
        catch
        {
            handshake.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>Writes the beacon into the first folder that takes it.</summary>
    private void Publish(List<string> reasons)
    {
        foreach (BeaconFolder folder in _folders)
        {
            try
            {
                _file = Make(folder.PathOf(_key, _own.Claim));
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                reasons.Add(exception.Message);
            }
        }

        HostingLog.NoRuntimeFolder(_logger, reasons.Count == 0 ? "the namespace of this process cannot be read" : string.Join("; ", reasons));
    }

    /// <summary>
    /// The file, locked. Another daemon that looks at it holds it for an instant; one of the same number keeps it, and is found by
    /// <see cref="FindElsewhere"/> or, in the same namespace, by the semaphores. Then there is none.
    /// </summary>
    private BeaconFile? Make(string path)
    {
        object pause = new();
        for (int attempt = 0; attempt < MakeAttempts; attempt++)
        {
            if (BeaconFile.TryMake(path, _own) is { } file)
            {
                return file;
            }

            if (BeaconFile.TryRead(path) is not null)
            {
                return null;
            }

            lock (pause)
            {
                Monitor.Wait(pause, MakePauseMs);
            }
        }

        return null;
    }

    private IEnumerable<Beacon> FindElsewhere() =>
        _folders.SelectMany(folder => folder.ReadAll(_key)).Where(other => other.IpcNamespace != _own.IpcNamespace);

    // Another that starts at the same moment holds the file of a dead one for an instant, to look at it or to write its own.
    private bool IsStillThere(Beacon other)
    {
        object pause = new();
        for (int look = 0; look < ConfirmLooks; look++)
        {
            lock (pause)
            {
                Monitor.Wait(pause, MakePauseMs);
            }

            if (!FindElsewhere().Contains(other))
            {
                return false;
            }
        }

        return true;
    }

    private void Watch()
    {
        foreach (Beacon other in FindElsewhere())
        {
            bool isNew;
            lock (_gate)
            {
                // Told at the second look: see IsStillThere.
                isNew = !_seen.Add(other.ToString()) && _told.Add(other.ToString());
            }

            if (isNew)
            {
                HostingLog.OtherNamespace(_logger, Describe(other));
            }
        }
    }

    private string Describe(Beacon other) => string.Create(
        CultureInfo.InvariantCulture,
        $"The {other} uses key {_key} (0x{_key:x}) in IPC namespace {other.IpcNamespace}, and this {_own.Claim} is in {_own.IpcNamespace}: neither sees the other's queues. Compare `readlink /proc/PID/ns/ipc`, and give both one namespace: with docker-compose `ipc: shareable` for one service and `ipc: service:NAME` for the other, or `ipc: host` for both; with systemd `PrivateIPC=no`, or `JoinsNamespaceOf=` the other unit. After a restart of the container that shares its namespace restart those that joined it. If they are two pairs, give each an `Ipc:RequestKey` or an `Ipc:RuntimeFolder` of its own.");
}
