namespace Observing;

/// <summary>What to measure.</summary>
/// <param name="Rounds">How many rounds; each measures every variant once.</param>
/// <param name="Seconds">How long each is measured.</param>
/// <param name="WarmUpSeconds">How long each is warmed up, once, before the first round.</param>
/// <param name="Clients">How many players type.</param>
/// <param name="Pipeline">How many lines each has under way.</param>
internal sealed record ObservingOptions(int Rounds, int Seconds, int WarmUpSeconds, int Clients, int Pipeline);
