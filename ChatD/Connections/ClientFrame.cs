using Shared.Protocol.Messages.Players;

namespace ChatD.Connections;

/// <summary>What came from a client: one message, or the reason why no more will come.</summary>
/// <param name="TypeNumber">The message's type; 0 where the connection has ended.</param>
/// <param name="LogIn">The message, if it is of that type.</param>
/// <param name="Line">The message, if it is of that type.</param>
/// <param name="End">Why no more will come; none with a message.</param>
internal readonly record struct ClientFrame(int TypeNumber, ClientLogIn LogIn = default, ClientLine Line = default, EndReason End = EndReason.None);
