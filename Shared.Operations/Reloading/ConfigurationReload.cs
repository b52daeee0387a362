using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shared.Operations.Diagnostics;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Operations.Reloading;

/// <summary>
/// Reads the configuration again on SIGHUP. It is checked as a whole and used as a whole, or not at all; what changed is logged by name, and
/// what takes a restart is named as such.
/// </summary>
internal sealed class ConfigurationReload(SettingsRegistry settings, IServiceProvider services, ILogger<ConfigurationReload> logger) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _signal;

    // How often it was asked for since nobody reads.
    private int _asked;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _signal?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _signal?.Dispose();

    /// <summary>Reads it, now. One call at a time.</summary>
    internal void Reload()
    {
        try
        {
            IReadOnlyList<SettingChange> changes = settings.Reload(services);
            foreach (SettingChange change in changes)
            {
                Tell(change);
            }

            int live = changes.Count(change => change.IsLive);
            OperationsLog.Reloaded(logger, live, changes.Count - live);
        }
        catch (ConfigurationException faulty)
        {
            OperationsLog.ReloadRefused(logger, string.Join(' ', faulty.Faults));
        }
#pragma warning disable CA1031 // A signal's thread has nobody to throw to, and a daemon that runs goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OperationsLog.ReloadFailed(logger, exception);
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _asked) != 1)
        {
            // The one that reads will read once more: what was written since it began must not be missed.
            return;
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref _asked);
            Reload();
        }
        while (Interlocked.CompareExchange(ref _asked, 0, seen) != seen);
    }

    private void Tell(SettingChange change)
    {
        string before = Shown(change.Before);
        string after = Shown(change.After);
        if (change.IsLive)
        {
            OperationsLog.OptionChanged(logger, UserText.Escape(change.Key), after, before);
        }
        else
        {
            OperationsLog.OptionNeedsRestart(logger, UserText.Escape(change.Key), after, before);
        }
    }

    private static string Shown(string value) => value.Length == 0 ? "(not set)" : UserText.Escape(value);
}
