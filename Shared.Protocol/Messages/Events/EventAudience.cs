namespace Shared.Protocol.Messages.Events;

/// <summary>Who gets an event. The numbers are part of the wire.</summary>
public enum EventAudience
{
    /// <summary>The sessions that the event lists.</summary>
    Sessions = 1,

    /// <summary>Every session of the chatD, whichever channel it is in.</summary>
    Everybody = 2,
}
