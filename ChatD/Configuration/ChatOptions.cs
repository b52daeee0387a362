using System.ComponentModel.DataAnnotations;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;

namespace ChatD.Configuration;

/// <summary>The section <c>Chat</c>: where players connect, and what one of them may use.</summary>
public sealed class ChatOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Chat";

    /// <summary>Where players connect: <c>HOST:PORT</c> or <c>unix:PATH</c>, several parted by commas. Defaults to 127.0.0.1:7777.</summary>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:7777";

    /// <summary>This chatD's number among those of the host. Defaults to 0.</summary>
    [Range(0, 255)]
    public int Instance { get; set; }

    /// <summary>The channel whose channelD runs every channel without a channelD of its own. Defaults to 1.</summary>
    [Range(1, 256)]
    public int HomeChannel { get; set; } = 1;

    /// <summary>How many players may be connected. Defaults to 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxPlayers { get; set; } = 20_000;

    /// <summary>How many connections may be open that are not logged in; further ones are refused with a reason. Defaults to 4096.</summary>
    [Range(1, 1_000_000)]
    public int MaxPendingLogIns { get; set; } = 4096;

    /// <summary>
    /// How many connections may be open at all; further ones are closed at once. Defaults to 0: room for all players, and twice for those that are
    /// not logged in.
    /// </summary>
    [ZeroOrRange(1, 4_000_000)]
    public int MaxConnections { get; set; }

    /// <summary><see cref="MaxConnections"/>, or what its default comes to.</summary>
    public int EffectiveMaxConnections => MaxConnections > 0 ? MaxConnections : MaxPlayers + (2 * MaxPendingLogIns);

    /// <summary>The longest frame taken from a player, in bytes. Defaults to 4096.</summary>
    [Range(256, 65_536)]
    public int MaxFrameBytes { get; set; } = 4096;

    /// <summary>The longest line taken from a player, in UTF-16 units. Defaults to 256.</summary>
    [Range(16, 4096)]
    public int MaxLineChars { get; set; } = 256;

    /// <summary>How long a connection may take to log in, in milliseconds. Defaults to 10,000.</summary>
    [Range(100, 600_000)]
    public int LogInTimeoutMs { get; set; } = 10_000;

    /// <summary>How long a frame may take from its first byte to its last, in milliseconds. Defaults to 10,000.</summary>
    [Range(100, 600_000)]
    public int FrameTimeoutMs { get; set; } = 10_000;

    /// <summary>How long a write to a player may wait for him to read, in milliseconds; then he is cut off. Defaults to 30,000.</summary>
    [Range(100, 600_000)]
    public int WriteTimeoutMs { get; set; } = 30_000;

    /// <summary>After how long a silence a player's client is asked whether it lives, in milliseconds. Defaults to 20,000.</summary>
    [Range(1000, 3_600_000)]
    public int PingAfterMs { get; set; } = 20_000;

    /// <summary>After how long a silence a player's connection counts as dead, in milliseconds. Defaults to 60,000.</summary>
    [Range(2000, 7_200_000)]
    public int DeadAfterMs { get; set; } = 60_000;

    /// <summary>How many lines of one player may be unanswered; further ones are read when those are answered. Defaults to 64.</summary>
    [Range(1, 65_536)]
    public int MaxInFlightPerPlayer { get; set; } = 64;

    /// <summary>
    /// How many bytes may wait for one player who does not read; beyond that he is cut off. Above half of it no further line is taken from him.
    /// Defaults to 262,144.
    /// </summary>
    [Range(8192, 67_108_864)]
    public int MaxBufferedBytesPerPlayer { get; set; } = 262_144;

    /// <summary>
    /// For how long a session whose connection is lost can be resumed, in milliseconds; as many bytes of results as may wait for a player are
    /// kept for it. Defaults to 60,000; 0: a session ends with its connection.
    /// </summary>
    [Range(0, 600_000)]
    public int ResumeWindowMs { get; set; } = 60_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ListenAddress.TryParseAll(Listen ?? string.Empty, out _, out string? fault))
        {
            yield return new ValidationResult($"{fault}.", [nameof(Listen)]);
        }

        if (DeadAfterMs <= PingAfterMs)
        {
            yield return new ValidationResult(
                "a client must have time to answer before it counts as dead.", [nameof(DeadAfterMs), nameof(PingAfterMs)]);
        }

        if (EffectiveMaxConnections < MaxPlayers)
        {
            yield return new ValidationResult("not every player could be connected.", [nameof(MaxConnections), nameof(MaxPlayers)]);
        }

        if (MaxFrameBytes < MaxLineChars)
        {
            yield return new ValidationResult(
                "a line of the longest kind does not fit a frame.", [nameof(MaxFrameBytes), nameof(MaxLineChars)]);
        }
    }
}
