using Faults.Checker.History;

namespace Faults.Checker;

/// <summary>One run of a daemon.</summary>
/// <param name="kind">Which daemon.</param>
/// <param name="instance">Its number.</param>
/// <param name="generation">Its generation.</param>
/// <param name="order">Its place among all runs.</param>
public sealed class ProcessRun(DaemonKind kind, int instance, ulong generation, int order)
{
    /// <summary>Which daemon.</summary>
    public DaemonKind Kind { get; } = kind;

    /// <summary>Its number.</summary>
    public int Instance { get; } = instance;

    /// <summary>Its generation.</summary>
    public ulong Generation { get; } = generation;

    /// <summary>Its place among all runs: later ones have larger numbers.</summary>
    public int Order { get; } = order;

    /// <summary>When it ended; null while it runs.</summary>
    public long? EndedNs { get; internal set; }

    /// <summary>Whether it was killed.</summary>
    public bool WasKilled { get; internal set; }

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused { get; internal set; }

    /// <summary>When it last went on after a pause; 0 for never.</summary>
    public long ResumedNs { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == DaemonKind.Chat ? "chatD" : "channelD")} {Instance} ({Generation:x})";
}
