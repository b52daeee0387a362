using System.ComponentModel.DataAnnotations;

namespace ChannelD;

/// <summary>The section <c>Channel</c> of the configuration.</summary>
public sealed class ChannelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Channel";

    /// <summary>
    /// The number of this channelD, from 1 to 256; its instance on the queue is one less. Askers without a session, such as C programs, count as
    /// players of the channel of this number. Defaults to 1.
    /// </summary>
    [Range(1, 256)]
    public int Id { get; set; } = 1;

    /// <summary>The highest channel that a character may enter, from 1 to 256. Defaults to 20.</summary>
    [Range(1, 256)]
    public int MaxChannel { get; set; } = 20;

    /// <summary>The most characters (UTF-16 units) of a line, from 16 to 4096; a longer one is answered <c>too_large</c>. Defaults to 256.</summary>
    [Range(16, 4096)]
    public int MaxLineChars { get; set; } = 256;

    /// <summary>
    /// How long a character is in transfer after <c>/이동</c>, in milliseconds, from 0 to 60,000; 0 means that it arrives at once. Defaults to 0.
    /// </summary>
    [Range(0, 60_000)]
    public int MapLoadMs { get; set; }

    /// <summary>
    /// The most characters in the game at once, from 1 to 10,000,000; a log-in above it is answered busy, <c>channel_full</c>.
    /// Defaults to 1,000,000, which take about 300 MB.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxCharacters { get; set; } = 1_000_000;
}
