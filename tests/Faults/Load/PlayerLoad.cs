using Faults.Daemons;
using Faults.Recording;

namespace Faults.Load;

/// <summary>All the players of a run.</summary>
internal sealed class PlayerLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _playing;

    /// <summary>Lets them begin.</summary>
    public PlayerLoad(LoadSettings settings, SupervisedDaemon chat, Recorder recorder, string prefix = "p", LoadNumbers? numbers = null)
    {
        Numbers = numbers ?? new LoadNumbers();
        Clients = [.. Enumerable.Range(0, settings.Clients).Select(
            number => new LoadClient($"{prefix}{number}", canResume: number % 2 == 0, settings, Numbers, chat, recorder))];
        _playing = [.. Clients.Select(client => Task.Run(() => client.RunAsync(_stopping.Token)))];
    }

    public IReadOnlyList<LoadClient> Clients { get; }

    public LoadNumbers Numbers { get; }

    /// <summary>Whether each player has been answered Ok what he asked after a time.</summary>
    public bool AllAnsweredSince(long sinceNs) => Clients.All(client => client.LastOkAskedNs > sinceNs);

    /// <summary>Lets them leave; each gets his last answers.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_playing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        foreach (LoadClient client in Clients)
        {
            client.Dispose();
        }
    }
}
