using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using Measuring;

namespace IpcBench.Running;

/// <summary>
/// Measures one mechanism after the other, and of each all sides in turn under every load, run by run: C, C#, library, C, C#, library, and so on. So whatever
/// else the machine does meets all sides alike.
/// </summary>
internal sealed class Runner(IpcBenchOptions options, CProgram? c, Progress progress)
{
    private readonly List<SubjectRow> _rows = [];
    private readonly List<Skipped> _skipped = [];

    /// <summary>What was measured.</summary>
    internal IReadOnlyList<SubjectRow> Rows => _rows;

    /// <summary>What was not.</summary>
    internal IReadOnlyList<Skipped> Skipped => _skipped;

    /// <summary>Measures all.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, Mechanism> sides in options.ChosenMechanisms.GroupBy(mechanism => mechanism.Id))
        {
            progress.Enter(sides.First().Title);
            List<ISubject> subjects = [];
            try
            {
                foreach (Mechanism mechanism in sides)
                {
                    await OpenAsync(mechanism, subjects, cancellationToken);
                }

                await MeasureAsync(sides.Key, subjects, cancellationToken);
            }
            finally
            {
                foreach (ISubject subject in subjects)
                {
                    await subject.DisposeAsync();
                }
            }
        }

        progress.End();
    }

    private async Task OpenAsync(Mechanism mechanism, List<ISubject> subjects, CancellationToken cancellationToken)
    {
        try
        {
            ISubject subject = await ProcessSubject.OpenAsync(mechanism, cancellationToken);

            // Before the first that needs it: C stands first in the report.
            if (mechanism.HasC && c is not null)
            {
                subjects.Add(new CSubject(c, mechanism));
            }

            subjects.Add(subject);
        }
        catch (MissingException exception)
        {
            Skip(mechanism, mechanism.Side, exception.Message, isFailure: false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            Skip(mechanism, mechanism.Side, exception.Message, isFailure: true);
        }
    }

    private async Task MeasureAsync(string id, List<ISubject> subjects, CancellationToken cancellationToken)
    {
        var failed = new HashSet<ISubject>();
        foreach (ISubject subject in subjects.Where(subject => subject.Side != Side.C))
        {
            foreach (int inFlight in new[] { options.InFlight[0], options.InFlight[options.InFlight.Count / 2] })
            {
                await TryAsync(id, subject, failed, () => subject.MeasureAsync(new Load(options.SizesBytes[0], inFlight, options.WarmUpSeconds), cancellationToken));
            }
        }

        for (int run = 0; run < options.Runs; run++)
        {
            foreach (Load load in options.Loads)
            {
                foreach (ISubject subject in subjects.Where(subject => !failed.Contains(subject)))
                {
                    progress.Step(subject, load, run);
                    if (await TryAsync(id, subject, failed, () => subject.MeasureAsync(load, cancellationToken)) is { } sample)
                    {
                        RowOf(id, subject, load).Runs.Add(sample);
                    }
                }
            }
        }
    }

    private async Task<Sample?> TryAsync(string id, ISubject subject, HashSet<ISubject> failed, Func<Task<Sample>> measure)
    {
        if (failed.Contains(subject))
        {
            return null;
        }

        try
        {
            return await measure();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            // Its processes are in no known state; what was measured before stays.
            failed.Add(subject);
            Skip(MechanismCatalogue.Get(id, subject.Side == Side.C ? Side.DotNet : subject.Side), subject.Side, exception.Message, isFailure: true);
            return null;
        }
    }

    private SubjectRow RowOf(string id, ISubject subject, Load load)
    {
        SubjectRow? row = _rows.Find(row => row.Mechanism == id && row.Side == subject.Side && row.SizeBytes == load.SizeBytes && row.InFlight == load.InFlight);
        if (row is null)
        {
            row = new SubjectRow(id, subject.Title, subject.Side, load.SizeBytes, load.InFlight, []);
            _rows.Add(row);
        }

        return row;
    }

    private void Skip(Mechanism mechanism, Side side, string reason, bool isFailure)
    {
        _skipped.Add(new Skipped(mechanism.Id, mechanism.Title, side, reason, isFailure));
        progress.Skip(options.Runs * options.Loads.Count);
        progress.Say($"{mechanism.Title} ({SideNames.Of(side)}): {(isFailure ? "failed" : "skipped")}: {reason}");
    }

    private static bool IsFailure(Exception exception) => exception is InvalidOperationException or TimeoutException or IOException or InvalidDataException;
}
