namespace Shared.Protocol.Administration;

/// <summary>What only a channelD has.</summary>
/// <param name="Id">Its channel, from 1.</param>
/// <param name="MaxChannel">The highest channel there is.</param>
/// <param name="Characters">Characters in its game.</param>
/// <param name="MaxCharacters">How many there may be.</param>
/// <param name="State">Where what outlives a restart is kept: <c>memory</c>, <c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Traces">How many operators trace somebody here.</param>
public sealed record ChannelStatus(int Id, int MaxChannel, int Characters, int MaxCharacters, string State, int Traces);
