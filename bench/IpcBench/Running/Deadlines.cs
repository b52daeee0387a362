using IpcBench.Exchanging;

namespace IpcBench.Running;

/// <summary>How long anything may take before it is taken for stuck. Generous: a busy machine is no fault of what is measured.</summary>
internal static class Deadlines
{
    /// <summary>Until a process is ready.</summary>
    internal static TimeSpan Start { get; } = TimeSpan.FromSeconds(40);

    /// <summary>Until a process answers a question.</summary>
    internal static TimeSpan Answer { get; } = TimeSpan.FromSeconds(20);

    /// <summary>For one measurement.</summary>
    internal static TimeSpan For(Load load) => TimeSpan.FromSeconds((2 * load.Seconds) + 20);
}
