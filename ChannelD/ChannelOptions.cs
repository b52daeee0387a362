using System.ComponentModel.DataAnnotations;
using ChannelD.State;
using ChannelD.State.Postgres;
using Shared.Protocol.Hosting.Settings;

namespace ChannelD;

/// <summary>The section <c>Channel</c> of the configuration.</summary>
public sealed class ChannelOptions : IValidatableObject
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

    /// <summary>What keeps mutes, lists of names and parties: a file, a PostgreSQL server, or memory alone. Defaults to sqlite.</summary>
    public StateKind State { get; set; } = StateKind.Sqlite;

    /// <summary>
    /// The file of <see cref="StateKind.Sqlite"/>; all channelDs of a world have the same. Defaults to none: <c>state.db</c> in
    /// <c>$STATE_DIRECTORY</c>, else in <c>/var/lib/gameservers</c> where that folder is there and may be written to, else in
    /// <c>$XDG_STATE_HOME/gameservers</c> or <c>~/.local/state/gameservers</c>.
    /// </summary>
    public string? StateFile { get; set; }

    /// <summary>The connection of <see cref="StateKind.Postgres"/>, as Npgsql takes it. Never logged. Defaults to none.</summary>
    [Secret]
    public string? StateConnection { get; set; }

    /// <summary>
    /// The game masters, each as <c>NAME:TIER:SHA256HEX</c>: the tier from 1 to 100, and the SHA-256 of the key that must be sent to log in with the
    /// name. Defaults to none.
    /// </summary>
    [Reloadable]
    [Secret]
    public IReadOnlyList<string> GameMasters { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Neither a connection nor a hash is shown: the one may hold a password, the other can be tried for weak keys.
        if (State == StateKind.Postgres && (StateConnection is null || !PostgresStateStore.IsConnection(StateConnection)))
        {
            yield return new ValidationResult(
                "is needed for Channel:State=postgres, as Npgsql takes it: Host=…;Database=…;Username=….", [$"{Section}:{nameof(StateConnection)}"]);
        }

        foreach (string fault in Moderation.GameMasters.FindFaults(GameMasters ?? []))
        {
            yield return new ValidationResult(fault, [$"{Section}:{nameof(GameMasters)}"]);
        }
    }
}
