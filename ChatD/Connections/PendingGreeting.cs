using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>A greeting that is to be sent.</summary>
/// <param name="Message">The answer to a log-in.</param>
/// <param name="LastEventNumber">The last event that the client has.</param>
internal readonly record struct PendingGreeting(ServerLoggedIn Message, ulong LastEventNumber);
