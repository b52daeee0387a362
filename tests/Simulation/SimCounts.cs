using Faults.Checker.History;

namespace Simulation;

/// <summary>How often things happened in a world: to see that a simulation simulates.</summary>
internal sealed class SimCounts
{
    private readonly long[] _ends = new long[6];

    public long Worlds { get; set; }

    public long Steps { get; set; }

    public long Delivered { get; set; }

    public long Full { get; set; }

    public long Resets { get; set; }

    public long Kills { get; set; }

    public long Injected { get; set; }

    /// <summary>Frames for daemons that were gone, dropped.</summary>
    public long Discarded { get; set; }

    public long Resumed { get; set; }

    public long SentAgain { get; set; }

    public long LostResults { get; set; }

    /// <summary>Events that players were shown.</summary>
    public long Shown { get; set; }
    /// <summary>Changes of channels that came to an end with the session at another channelD.</summary>
    public long Moved { get; set; }

    /// <summary>Those that did not.</summary>
    public long NotMoved { get; set; }

    public long this[EndKind kind] => _ends[(int)kind];

    public void Add(EndKind kind) => _ends[(int)kind]++;

    public void Add(SimCounts other)
    {
        Worlds += other.Worlds;
        Steps += other.Steps;
        Delivered += other.Delivered;
        Full += other.Full;
        Resets += other.Resets;
        Kills += other.Kills;
        Injected += other.Injected;
        Discarded += other.Discarded;
        Resumed += other.Resumed;
        SentAgain += other.SentAgain;
        LostResults += other.LostResults;
        Shown += other.Shown;
        Moved += other.Moved;
        NotMoved += other.NotMoved;
        for (int i = 0; i < _ends.Length; i++)
        {
            _ends[i] += other._ends[i];
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Worlds} worlds, {Steps} steps, {Delivered} frames delivered, {Full} sends refused, {Resets} resets, {Kills} kills, "
        + $"{Injected} foreign frames, {Discarded} of the gone dropped, {Resumed} resumes, {SentAgain} lines sent again, {LostResults} results lost, "
        + $"{Shown} events shown, {Moved} moves, {NotMoved} failed; "
        + $"ok {this[EndKind.Ok]}, error {this[EndKind.Error]}, busy {this[EndKind.Busy]}, "
        + $"unknown {this[EndKind.Unknown]}, cancelled {this[EndKind.Cancelled]}";
}
