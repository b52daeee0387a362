namespace Shared.Protocol.Hosting.Settings;

/// <summary>All that can be told of one option.</summary>
/// <param name="Key">Its name, e.g. <c>Ipc:RequestKey</c>.</param>
/// <param name="Value">What it holds, as a configuration writes it; empty for nothing; masked where it is secret.</param>
/// <param name="Source">Where the value comes from: a file's name, <c>environment</c>, <c>command line</c>, <c>default</c>.</param>
/// <param name="Default">What it holds if nobody sets it; empty for nothing.</param>
/// <param name="Allowed">What it may hold; null where any text may stand.</param>
/// <param name="Sentence">What it means; empty where the documentation is not beside the program.</param>
/// <param name="IsReloadable">Whether a running daemon takes it over on SIGHUP.</param>
/// <param name="Type">The property's type.</param>
internal sealed record SettingView(
    string Key, string Value, string Source, string Default, string? Allowed, string Sentence, bool IsReloadable, Type Type);
