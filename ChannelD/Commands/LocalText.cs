namespace ChannelD.Commands;

/// <summary>A text in both languages.</summary>
/// <param name="Korean">In Korean.</param>
/// <param name="English">In English.</param>
public readonly record struct LocalText(string Korean, string English);
