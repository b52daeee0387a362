using Shared.Protocol.Requests;

namespace ChatClient.Load;

/// <summary>What a load, or one player of it, has come to. Its owner's lock guards it.</summary>
public sealed class LoadTally
{
    private static readonly int s_kinds = Enum.GetValues<LoadLineKind>().Length;

    private readonly LatencyHistogram[] _byKind = [.. Enumerable.Range(0, s_kinds).Select(static _ => new LatencyHistogram())];
    private readonly long[] _outcomes = new long[Enum.GetValues<OutcomeKind>().Max(static kind => (int)kind) + 1];
    private readonly Dictionary<string, long> _codes = new(StringComparer.Ordinal);

    /// <summary>How long it took from the moment at which a say should have been sent until another player was shown it.</summary>
    public LatencyHistogram Deliveries { get; } = new();

    /// <summary>Lines that should have been sent and were not, because too many were unanswered.</summary>
    public long Overruns { get; set; }

    /// <summary>How often a player whose connection was lost has connected again.</summary>
    public long Reconnects { get; set; }

    /// <summary>Of those, how often the session was lost with the connection, and a new one was begun.</summary>
    public long NewSessions { get; set; }

    /// <summary>How long the answers of a kind took.</summary>
    public LatencyHistogram Of(LoadLineKind kind) => _byKind[(int)kind];

    /// <summary>How many lines ended so.</summary>
    public long CountOf(OutcomeKind outcome) => _outcomes[(int)outcome];

    /// <summary>How many answers had which code.</summary>
    public IReadOnlyDictionary<string, long> Codes => _codes;

    /// <summary>How many lines were answered.</summary>
    public long Answered => _byKind.Sum(static histogram => histogram.Count);

    /// <summary>How long all answers took, whatever their kind.</summary>
    public LatencyHistogram All()
    {
        var all = new LatencyHistogram();
        foreach (LatencyHistogram kind in _byKind)
        {
            all.Add(kind);
        }

        return all;
    }

    /// <summary>Counts an answer.</summary>
    public void Count(LoadLineKind kind, OutcomeKind outcome, string code, long latencyNs)
    {
        _byKind[(int)kind].Add(latencyNs);
        _outcomes[(int)outcome]++;
        _codes[code] = _codes.GetValueOrDefault(code) + 1;
    }

    /// <summary>Adds what went wrong in another, whose answers came when nothing was measured any more.</summary>
    public void AddFailures(LoadTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (OutcomeKind outcome in (ReadOnlySpan<OutcomeKind>)[OutcomeKind.Busy, OutcomeKind.Unknown])
        {
            _outcomes[(int)outcome] += other._outcomes[(int)outcome];
        }

        AddReconnects(other);
    }

    /// <summary>Adds all of another.</summary>
    public void Add(LoadTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < _byKind.Length; i++)
        {
            _byKind[i].Add(other._byKind[i]);
        }

        for (int i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] += other._outcomes[i];
        }

        foreach ((string code, long count) in other._codes)
        {
            _codes[code] = _codes.GetValueOrDefault(code) + count;
        }

        Deliveries.Add(other.Deliveries);
        Overruns += other.Overruns;
        AddReconnects(other);
    }

    private void AddReconnects(LoadTally other)
    {
        Reconnects += other.Reconnects;
        NewSessions += other.NewSessions;
    }
}
