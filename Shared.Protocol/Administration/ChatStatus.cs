namespace Shared.Protocol.Administration;

/// <summary>What only a chatD has.</summary>
/// <param name="Listen">Where players connect.</param>
/// <param name="HomeChannel">The channel whose channelD also runs those that have none of their own.</param>
/// <param name="Sessions">Players who are there, those without a connection among them.</param>
/// <param name="MaxPlayers">How many there may be.</param>
/// <param name="Detached">Players whose connection is lost, and who may come back.</param>
/// <param name="PendingLogIns">Connections that are not logged in.</param>
public sealed record ChatStatus(string Listen, int HomeChannel, int Sessions, int MaxPlayers, int Detached, int PendingLogIns);
