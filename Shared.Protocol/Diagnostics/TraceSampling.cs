namespace Shared.Protocol.Diagnostics;

/// <summary>
/// Decides which lines and log-ins are traced: so many of a thousand, drawn at the beginning of each. Everything behind it, in this process and in others, follows
/// what was decided there. For any thread; the ratio may change at any time.
/// </summary>
/// <remarks>
/// Drawn before a span is asked for, and not by a sampler behind the source: OpenTelemetry's makes an object for each line that it then leaves out.
/// </remarks>
public sealed class TraceSampling
{
    /// <summary>The name of the first span of a trace: of a line that was drawn.</summary>
    public const string LineSpan = "line";

    /// <summary>The same of a log-in.</summary>
    public const string LogInSpan = "log_in";

    private long _threshold;

    /// <summary>The share of lines and log-ins that are traced, from 0 to 1; 0 to begin with.</summary>
    public double Ratio
    {
        get => (double)Volatile.Read(ref _threshold) / long.MaxValue;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);

            // The double nearest to the largest number lies above it.
            Volatile.Write(ref _threshold, value >= 1 ? long.MaxValue : (long)(value * long.MaxValue));
        }
    }

    /// <summary>Whether a span of this name is the first of a trace that was drawn.</summary>
    public static bool IsFirst(string name) => name is LineSpan or LogInSpan;

    /// <summary>Draws for one line or log-in. Takes no lock and no memory.</summary>
    public bool Draw()
    {
        long threshold = Volatile.Read(ref _threshold);
        return threshold != 0 && Random.Shared.NextInt64() < threshold;
    }
}
