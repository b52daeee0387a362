using System.ComponentModel.DataAnnotations;
using Shared.Protocol.Hosting.Settings;

namespace ChannelD.Limits;

/// <summary>
/// The section <c>Limits</c> of the configuration: how often a player may do what. Each class of commands has a bucket for each character, which
/// holds <c>…Burst</c> uses and gets <c>…PerMinute</c> back in a minute. Game masters and askers without a character have no limits. All of it may change
/// while the daemon runs: what a character has used up stays so, see <see cref="LimitRate.Convert"/>.
/// </summary>
[Reloadable]
public sealed class LimitOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Limits";

    /// <summary>Whether there are limits at all. Defaults to true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Searches a minute, from 1 to 60,000; 0 for no limit. Defaults to 60.</summary>
    [ZeroOrRange(1, 60_000)]
    public int FindPerMinute { get; set; } = 60;

    /// <summary>Searches at once, from 1 to 10,000. Defaults to 20.</summary>
    [Range(1, 10_000)]
    public int FindBurst { get; set; } = 20;

    /// <summary>Sentences to the map a minute, from 1 to 60,000; 0 for no limit. Defaults to 90.</summary>
    [ZeroOrRange(1, 60_000)]
    public int SayPerMinute { get; set; } = 90;

    /// <summary>Sentences to the map at once, from 1 to 10,000. Defaults to 15.</summary>
    [Range(1, 10_000)]
    public int SayBurst { get; set; } = 15;

    /// <summary>Whispers a minute, from 1 to 60,000; 0 for no limit. Defaults to 90.</summary>
    [ZeroOrRange(1, 60_000)]
    public int WhisperPerMinute { get; set; } = 90;

    /// <summary>Whispers at once, from 1 to 10,000. Defaults to 15.</summary>
    [Range(1, 10_000)]
    public int WhisperBurst { get; set; } = 15;

    /// <summary>Sentences to the world a minute, from 1 to 60,000; 0 for no limit. Defaults to 2.</summary>
    [ZeroOrRange(1, 60_000)]
    public int MegaphonePerMinute { get; set; } = 2;

    /// <summary>Sentences to the world at once, from 1 to 10,000. Defaults to 2.</summary>
    [Range(1, 10_000)]
    public int MegaphoneBurst { get; set; } = 2;

    /// <summary>Uses of commands of the party a minute, from 1 to 60,000; 0 for no limit. Defaults to 90.</summary>
    [ZeroOrRange(1, 60_000)]
    public int PartyPerMinute { get; set; } = 90;

    /// <summary>Uses of commands of the party at once, from 1 to 10,000. Defaults to 15.</summary>
    [Range(1, 10_000)]
    public int PartyBurst { get; set; } = 15;

    /// <summary>All other lines a minute, those that name no command among them, from 1 to 60,000; 0 for no limit. Defaults to 120.</summary>
    [ZeroOrRange(1, 60_000)]
    public int CommonPerMinute { get; set; } = 120;

    /// <summary>All other lines at once, from 1 to 10,000. Defaults to 30.</summary>
    [Range(1, 10_000)]
    public int CommonBurst { get; set; } = 30;

    /// <summary>
    /// How many different names a character may ask for in vain within a minute, by whatever command, from 1 to 200; 0 for any number. Defaults to 20.
    /// </summary>
    [ZeroOrRange(1, 200)]
    public int UnknownNamesPerMinute { get; set; } = 20;
}
