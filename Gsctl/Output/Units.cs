using System.Globalization;

namespace Gsctl.Output;

/// <summary>Numbers for people.</summary>
internal static class Units
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>A count: <c>1,234</c>.</summary>
    public static string Count(long count) => count.ToString("N0", s_culture);

    /// <summary>A rate a second: <c>0</c>, <c>0.4</c>, <c>1,234</c>.</summary>
    public static string Rate(double perSecond) => perSecond switch
    {
        0 => "0",
        < 99.95 => perSecond.ToString("0.0", s_culture),
        _ => perSecond.ToString("N0", s_culture),
    };

    /// <summary>Bytes: <c>512 B</c>, <c>16.0 KiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => string.Create(s_culture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(s_culture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(s_culture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
        _ => string.Create(s_culture, $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB"),
    };

    /// <summary>A part of a whole: <c>8 %</c>.</summary>
    public static string Share(long part, long whole) => whole <= 0 ? "-" : string.Create(s_culture, $"{100.0 * part / whole:0} %");

    /// <summary>A short time in seconds: <c>85 µs</c>, <c>1.2 ms</c>, <c>2.5 s</c>.</summary>
    public static string Latency(double seconds) => seconds switch
    {
        < 0.001 => string.Create(s_culture, $"{seconds * 1e6:0} µs"),
        < 0.01 => string.Create(s_culture, $"{seconds * 1e3:0.0} ms"),
        < 1 => string.Create(s_culture, $"{seconds * 1e3:0} ms"),
        _ => string.Create(s_culture, $"{seconds:0.0} s"),
    };

    /// <summary>A while in milliseconds: <c>250 ms</c>, <c>12 s</c>, <c>4 min</c>, <c>3 h 05 min</c>, <c>2 d 04 h</c>.</summary>
    public static string While(long milliseconds)
    {
        TimeSpan time = TimeSpan.FromMilliseconds(milliseconds);
        return milliseconds switch
        {
            < 1000 => string.Create(s_culture, $"{milliseconds} ms"),
            < 120_000 => string.Create(s_culture, $"{milliseconds / 1000} s"),
            < 3_600_000 => string.Create(s_culture, $"{(int)time.TotalMinutes} min"),
            < 86_400_000 => string.Create(s_culture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
            _ => string.Create(s_culture, $"{(int)time.TotalDays} d {time.Hours:00} h"),
        };
    }
}
