using System.Text.Json;
using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using IpcBench.Processes;
using Measuring;

namespace IpcBench.Running;

/// <summary>A mechanism between two processes that this one has started, and that live through all measurements, as daemons do.</summary>
internal sealed class ProcessSubject : ISubject
{
    private readonly Mechanism _mechanism;
    private readonly Placement _placement;
    private Stage? _stage;
    private ChildProcess? _answerer;
    private ChildProcess? _asker;

    private ProcessSubject(Mechanism mechanism)
    {
        _mechanism = mechanism;
        _placement = new Placement(mechanism);
    }

    /// <inheritdoc/>
    public Side Side => _mechanism.Side;

    /// <inheritdoc/>
    public string Title => _mechanism.Title;

    /// <summary>Where its processes meet.</summary>
    internal Place Place => _placement.Place;

    /// <summary>Starts both processes, and waits until they are connected.</summary>
    /// <exception cref="MissingException">It cannot be measured here.</exception>
    internal static async Task<ProcessSubject> OpenAsync(Mechanism mechanism, CancellationToken cancellationToken)
    {
        if (mechanism.MissingReason is { } reason)
        {
            throw new MissingException(reason);
        }

        var subject = new ProcessSubject(mechanism);
        try
        {
            await subject.StartAsync(cancellationToken);
            return subject;
        }
        catch
        {
            await subject.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Sample> MeasureAsync(Load load, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Sample> measuring = MeasureBothAsync(load, ending.Token);
        Task<Exception>? ended = _answerer?.AwaitEndAsync(ending.Token);
        if (ended is not null && await Task.WhenAny(measuring, ended) == ended && !measuring.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            // The asking process would wait for it until the deadline.
            await ending.CancelAsync();
            throw await ended;
        }

        Sample sample = await measuring;
        await ending.CancelAsync();
        return sample;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_asker is not null)
        {
            await _asker.DisposeAsync();
        }

        if (_answerer is not null)
        {
            await _answerer.DisposeAsync();
        }

        if (_stage is not null)
        {
            await _stage.DisposeAsync();
        }

        await _placement.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _stage = await _mechanism.PrepareAsync(_placement.Place, cancellationToken);
        if (!_mechanism.IsOneProcess)
        {
            _answerer = ChildProcess.Start(new ChildArguments(_mechanism.Id, Side, IsAnswerer: true, _stage.Place));
            await ReadAsync(_answerer, ChildWords.Ready, Deadlines.Start, cancellationToken);
        }

        _asker = ChildProcess.Start(new ChildArguments(_mechanism.Id, Side, IsAnswerer: false, _stage.Place));
        await ReadAsync(_asker, ChildWords.Ready, Deadlines.Start, cancellationToken);
        _stage.Started();
    }

    private async Task<Sample> MeasureBothAsync(Load load, CancellationToken cancellationToken)
    {
        ChildProcess asker = _asker!;
        await asker.WriteLineAsync(JsonSerializer.Serialize(load));
        await ReadAsync(asker, ChildWords.Counting, Deadlines.For(load), cancellationToken);
        ProcessUsage before = await GetOthersUsageAsync(ChildWords.UsageAtStart, cancellationToken);
        await ReadAsync(asker, ChildWords.Counted, Deadlines.For(load), cancellationToken);
        ProcessUsage others = await GetOthersUsageAsync(ChildWords.UsageAtEnd, cancellationToken) - before;
        AskerFigures figures = JsonSerializer.Deserialize<AskerFigures>(await asker.ReadLineAsync(Deadlines.For(load), cancellationToken))!;
        return Sample.From(figures, figures.Used + others);
    }

    private async Task<ProcessUsage> GetOthersUsageAsync(string moment, CancellationToken cancellationToken)
    {
        ProcessUsage used = default;
        if (_answerer is not null)
        {
            await _answerer.WriteLineAsync(moment);
            used = JsonSerializer.Deserialize<ProcessUsage>(await _answerer.ReadLineAsync(Deadlines.Answer, cancellationToken));
        }

        foreach (int helper in _stage!.HelperIds)
        {
            used += ProcessUsage.Of(helper);
        }

        return used;
    }

    private static async Task ReadAsync(ChildProcess child, string expected, TimeSpan within, CancellationToken cancellationToken)
    {
        string line = await child.ReadLineAsync(within, cancellationToken);
        if (line != expected)
        {
            throw new InvalidOperationException($"A process said \"{line}\" where \"{expected}\" was due.");
        }
    }
}
