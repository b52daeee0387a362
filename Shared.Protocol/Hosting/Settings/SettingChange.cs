namespace Shared.Protocol.Hosting.Settings;

/// <summary>An option that holds something else than it did before the configuration was read again.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Before">What the daemon has used so far; masked where it is secret.</param>
/// <param name="After">What is configured now; masked where it is secret.</param>
/// <param name="IsLive">Whether the daemon uses it from now on; else it needs a restart.</param>
internal sealed record SettingChange(string Key, string Before, string After, bool IsLive);
