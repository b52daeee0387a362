using System.ComponentModel.DataAnnotations;
using Serilog.Events;
using Shared.Protocol.Hosting.Settings;

namespace Shared.Protocol.Hosting;

/// <summary>Where logs go and how (section <c>Log</c>). Levels of single sources are set under <c>Serilog:MinimumLevel:Override</c>.</summary>
public sealed class LogOptions : IValidatableObject
{
    /// <summary>The section these options are bound from.</summary>
    public const string Section = "Log";

    /// <summary>Whether events go to standard output. Defaults to true.</summary>
    public bool Console { get; set; } = true;

    /// <summary>How events are written, to standard output and to the file alike. Defaults to text.</summary>
    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>The lowest level that is written. Defaults to information. Sources of the framework (Microsoft, System) start at warning.</summary>
    [Reloadable]
    public LogEventLevel Level { get; set; } = LogEventLevel.Information;

    /// <summary>The file that events go to; its folder is made if needed. A relative path starts at the working directory. Defaults to none.</summary>
    public string? File { get; set; }

    /// <summary>The size in bytes at which the next file is begun (<c>name_001</c>, …). Defaults to 67,108,864 (64 MiB).</summary>
    [Range(typeof(long), "65536", "1073741824", ParseLimitsInInvariantCulture = true)]
    public long FileMaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How many files are kept, the current one among them; the oldest is deleted. Defaults to 8 files.</summary>
    [Range(1, 1000)]
    public int FileCount { get; set; } = 8;

    /// <summary>
    /// How many events may wait for each of standard output and the file. When it is full, new events are dropped and counted, and the
    /// daemon goes on: a stopped reader or a full disk never stops the players. Defaults to 10,000 events.
    /// </summary>
    [Range(100, 1_000_000)]
    public int BufferEvents { get; set; } = 10_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (File is not null && (File.EndsWith('/') || Directory.Exists(File)))
        {
            yield return new ValidationResult("this is a folder; name a file in it.", [nameof(File)]);
        }
    }
}
