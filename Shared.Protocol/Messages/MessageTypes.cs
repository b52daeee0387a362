using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages;

/// <summary>Every type number in use. Numbers are never changed and never reused; below 100 is this project's, from 1000 on a user's own.</summary>
public static class MessageTypes
{
    // Between the daemons: requests and results.
#pragma warning disable CS1591 // Each is documented on the message that has the number.
    public const int CommandRequest = 1;
    public const int CommandResult = 2;
    public const int LogInRequest = 3;
    public const int LogInResult = 4;
    public const int LogOutRequest = 5;
    public const int LogOutResult = 6;
    public const int CatalogueRequest = 7;
    public const int CatalogueResult = 8;

    // Between the daemons: pushed by a channelD to a chatD.
    public const int GameEvent = 16;
    public const int SessionUpdate = 17;
    public const int SessionEnded = 18;

    // Between the daemons: control.
    public const int Greeting = 32;
    public const int GreetingAnswer = 33;
    public const int Farewell = 34;
    public const int DeliveryReport = 35;
    public const int PresenceUpdate = 36;
    public const int PresenceAck = 37;
    public const int FarewellAnswer = 38;

    // From a player's client to chatD.
    public const int ClientLogIn = 65;
    public const int ClientLine = 66;
    public const int ClientBye = 67;
    public const int ClientPong = 68;

    // From chatD to a player's client.
    public const int ServerLoggedIn = 80;
    public const int ServerRefused = 81;
    public const int ServerResult = 82;
    public const int ServerEvent = 83;
    public const int ServerNotice = 84;
    public const int ServerPing = 85;
#pragma warning restore CS1591

    /// <summary>The type number of the message that these bytes begin with; 0 where they are no message.</summary>
    public static int Peek(ReadOnlySpan<byte> message)
    {
        var reader = new MessagePackReader(message);
        return reader.TryReadArrayHeader(out int count) == MessagePackStatus.Done
            && count > 0
            && reader.TryReadInt32(out int typeNumber) == MessagePackStatus.Done
            ? typeNumber
            : 0;
    }
}
