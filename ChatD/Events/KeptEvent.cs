namespace ChatD.Events;

/// <summary>An event that a session was given.</summary>
/// <param name="Number">Its number in that session.</param>
/// <param name="Event">The event.</param>
internal readonly record struct KeptEvent(ulong Number, SharedEvent Event);
