using ChannelD.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport;

namespace ChannelD.State;

/// <summary>Opens the store before anybody can log in, and looks for changes of other channelDs.</summary>
internal sealed class StateService(IStateStore store, OnlineRecords records, TimeProvider time, ILogger<StateService> logger) : BackgroundService
{
    // Every 10 s: what it finds has been left behind by some other way out of the game than a log-out.
    private const int PollsPerSweep = 40;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(OnlineRecords.PollMs);

    /// <inheritdoc/>
    /// <exception cref="ResourceRefusedException">The store cannot be used.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.OpenAsync(cancellationToken);
            await records.StartAsync(cancellationToken);
        }
        catch (StateStoreException exception)
        {
            throw new ResourceRefusedException(
                $"The kept state cannot be opened ({store.Place}): {exception.Message.TrimEnd('.')}. Give this user a file that it may write to (Channel:StateFile), or a PostgreSQL server (Channel:State=postgres and Channel:StateConnection); Channel:State=memory does without.",
                exception);
        }

        ChannelLog.StateOpened(logger, store.Place);
        if (store is InMemory.InMemoryStateStore)
        {
            ChannelLog.StateInMemory(logger);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_poll, time);
        for (int polls = 1; await NextAsync(timer, stoppingToken); polls++)
        {
            // The store has said in the log that it is away; the next look finds what this one did not.
            await records.CatchUpAfterChangeAsync(CancellationToken.None);
            if (polls % PollsPerSweep == 0)
            {
                _ = records.Sweep();
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
