namespace Gsctl.Output;

/// <summary>Sets text off on a terminal, or leaves it as it is.</summary>
/// <param name="isOn">Whether the terminal is to be told.</param>
internal sealed class Style(bool isOn)
{
    /// <summary>Leaves everything as it is.</summary>
    public static Style Plain { get; } = new(false);

    /// <summary>The style for standard output: colours at a terminal, unless NO_COLOR (https://no-color.org) says otherwise.</summary>
    public static Style OfStandardOutput() => new(
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    /// <summary>A title.</summary>
    public string Bold(string text) => Wrap("1", text);

    /// <summary>Something that is as it should not be.</summary>
    public string Bad(string text) => Wrap("31", text);

    private string Wrap(string code, string text) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
