namespace ChatClient.Terminal;

/// <summary>Something for the terminal's loop.</summary>
/// <param name="Kind">What.</param>
/// <param name="Stroke">The key of <see cref="TerminalEventKind.Key"/>.</param>
/// <param name="Lines">The lines of <see cref="TerminalEventKind.Print"/>.</param>
/// <param name="Printed">Completed when those are on the screen.</param>
internal readonly record struct TerminalEvent(
    TerminalEventKind Kind, KeyStroke Stroke = default, string? Lines = null, TaskCompletionSource? Printed = null);
