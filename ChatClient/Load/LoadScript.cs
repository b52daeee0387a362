using System.Globalization;
using ChatClient.Connection;

namespace ChatClient.Load;

/// <summary>Who the players of a load are, and what they type. Safe on every thread.</summary>
/// <param name="options">What load is wanted.</param>
internal sealed class LoadScript(LoadOptions options)
{
    /// <summary>Stands before the moment in a line that others are to measure from: no player's text has it by chance.</summary>
    public const string Stamp = "@t";

    private const string Find = "/찾기 ";
    private const string Whisper = "/귓속말 ";

    /// <summary>The server of a player.</summary>
    public ServerAddress ServerOf(int number) => options.Servers[number % options.Servers.Count];

    /// <summary>The name of a player.</summary>
    public string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{options.NamePrefix}{number}");

    /// <summary>The channel of a player, from 1.</summary>
    public int ChannelOf(int number) => 1 + (number / options.Servers.Count % options.Channels);

    /// <summary>The map of a player.</summary>
    public string MapOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"부하맵{number / options.Servers.Count / options.Channels % options.Maps}");

    /// <summary>What is typed next.</summary>
    public LoadLineKind Draw() => options.Mix.Draw(Random.Shared);

    /// <summary>A line of a kind.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="number">The player who types it.</param>
    /// <param name="dueAt">The moment from which others measure; ends what they are shown.</param>
    public string LineOf(LoadLineKind kind, int number, long dueAt) => kind switch
    {
        LoadLineKind.Say => string.Create(CultureInfo.InvariantCulture, $"안녕하세요 {Stamp}{dueAt}"),
        LoadLineKind.Whisper => string.Create(CultureInfo.InvariantCulture, $"{Whisper}{AnyOther(number)} 안녕하세요 {Stamp}{dueAt}"),
        LoadLineKind.Who => "/누구",
        _ => $"{Find}{AnyOther(number)}",
    };

    /// <summary>The kind of a line that it has made.</summary>
    public static LoadLineKind KindOf(string line) =>
        !line.StartsWith('/') ? LoadLineKind.Say
        : line.StartsWith(Find, StringComparison.Ordinal) ? LoadLineKind.Find
        : line.StartsWith(Whisper, StringComparison.Ordinal) ? LoadLineKind.Whisper
        : LoadLineKind.Who;

    private string AnyOther(int number) =>
        NameOf(options.Clients == 1 ? number : (number + 1 + Random.Shared.Next(options.Clients - 1)) % options.Clients);
}
