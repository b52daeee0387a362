namespace ChatClient.Terminal;

/// <summary>One key for the editor.</summary>
/// <param name="Key">What it means.</param>
/// <param name="Character">The UTF-16 unit of <see cref="EditorKey.Character"/>.</param>
public readonly record struct KeyStroke(EditorKey Key, char Character = '\0');
