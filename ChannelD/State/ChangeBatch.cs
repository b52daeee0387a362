namespace ChannelD.State;

/// <summary>Whose records have changed.</summary>
/// <param name="Cursor">What to ask after next.</param>
/// <param name="Keys">The name keys, each once.</param>
/// <param name="HasMore">Whether there are more after the cursor.</param>
public readonly record struct ChangeBatch(long Cursor, IReadOnlyList<string> Keys, bool HasMore);
