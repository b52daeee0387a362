using System.Diagnostics;
using ChatClient.Connection;
using ChatClient.Conversation;

namespace ChatClient.Load;

/// <summary>Runs a load: logs the players in, lets them type, measures, and waits for the last answers.</summary>
/// <param name="options">What load is wanted.</param>
/// <param name="progress">Is shown each second.</param>
internal sealed class LoadRun(LoadOptions options, LoadProgress progress)
{
    // So many log in at once: enough to be quick, few enough not to be refused.
    private const int LogInsAtOnce = 32;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_lastAnswers = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Ends it early; what was measured by then is reported.</param>
    /// <exception cref="LogInFailedException">Not all players got in.</exception>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var script = new LoadScript(options);
        var players = new LoadPlayer?[options.Clients];
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, options.Clients),
                new ParallelOptions { MaxDegreeOfParallelism = LogInsAtOnce, CancellationToken = cancellationToken },
                async (number, token) => players[number] = await LoadPlayer.LogInAsync(script, number, goesOn: options.RatePerSecond == 0, token));
            return await DriveAsync([.. players.OfType<LoadPlayer>()], cancellationToken);
        }
        finally
        {
            await Task.WhenAll(players.OfType<LoadPlayer>().Select(static player => player.DisposeAsync().AsTask()));
        }
    }

    private async Task<LoadReport> DriveAsync(LoadPlayer[] players, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task driving = options.RatePerSecond > 0 ? PaceAsync(players, stopping.Token) : FillAsync(players);
        _ = await WatchAsync("warming up", players, options.WarmUp, new LoadCourse(options.WarmUp), cancellationToken);
        long beganAt = Stopwatch.GetTimestamp();
        LoadCourse course = new(options.Duration);
        LoadTally tally = await WatchAsync("measuring ", players, options.Duration, course, cancellationToken);
        TimeSpan measured = Stopwatch.GetElapsedTime(beganAt);
        await stopping.CancelAsync();
        await driving;
        progress.End();

        await Task.WhenAll(players.Select(static player => player.StopAsync())).WaitAsync(s_lastAnswers, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string[] lost = await Task.WhenAll(players.Where(static player => player.Ended.IsCompleted).Select(static player => player.Ended));
        tally.AddFailures(Take(players));
        return new LoadReport(
            options,
            tally,
            measured,
            lost,
            players.Sum(static player => (long)player.OutstandingCount),
            course.Moments);
    }

    private async Task FillAsync(LoadPlayer[] players)
    {
        foreach (LoadPlayer player in players)
        {
            for (int i = 0; i < options.Pipeline; i++)
            {
                await SendAsync(player, Stopwatch.GetTimestamp());
            }
        }
    }

    /// <summary>Has lines sent when they are due, whatever has become of those before: a slow server does not slow the load down.</summary>
    private async Task PaceAsync(LoadPlayer[] players, CancellationToken cancellationToken)
    {
        long beganAt = Stopwatch.GetTimestamp();
        long sent = 0;
        using var timer = new PeriodicTimer(s_step);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                long due = LoadPace.CountDue(Stopwatch.GetElapsedTime(beganAt).TotalSeconds, options.RatePerSecond);
                for (; sent < due; sent++)
                {
                    // Not awaited: it waits only while its socket is full, and keeps its order by itself.
                    _ = SendAsync(players[sent % players.Length], LoadClock.After(beganAt, LoadPace.DueSeconds(sent, options.RatePerSecond)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static async Task SendAsync(LoadPlayer player, long dueAt)
    {
        try
        {
            await player.SendAsync(dueAt);
        }
        catch (ConnectionLostException)
        {
            // Its session has ended too, and says why.
        }
        catch (ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private static LoadTally Take(LoadPlayer[] players)
    {
        var taken = new LoadTally();
        foreach (LoadPlayer player in players)
        {
            taken.Add(player.TakeTally());
        }

        return taken;
    }

    private async Task<LoadTally> WatchAsync(string phase, LoadPlayer[] players, TimeSpan duration, LoadCourse course, CancellationToken cancellationToken)
    {
        var all = new LoadTally();
        long beganAt = Stopwatch.GetTimestamp();
        TimeSpan elapsed = TimeSpan.Zero;
        while (elapsed < duration && !cancellationToken.IsCancellationRequested && !players.All(static player => player.Ended.IsCompleted))
        {
            TimeSpan rest = duration - elapsed;
            await Task.Delay(rest < s_second ? rest : s_second, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            elapsed = Stopwatch.GetElapsedTime(beganAt);
            LoadTally second = Take(players);
            all.Add(second);
            int inFlight = players.Sum(static player => player.OutstandingCount);
            course.Add(elapsed, second, inFlight);
            progress.Show(phase, elapsed, second, inFlight);
        }

        return all;
    }
}
