namespace Shared.Protocol.Wire;

/// <summary>What a frame is, as its envelope says. The numbers are part of the wire.</summary>
public enum MessageKind
{
    /// <summary>Asks for something and is owed exactly one result.</summary>
    Request = 1,

    /// <summary>Ends the request whose id it carries.</summary>
    Result = 2,

    /// <summary>Pushed, unasked.</summary>
    Event = 3,

    /// <summary>Between the daemons themselves: greetings and heartbeats.</summary>
    Control = 4,
}
