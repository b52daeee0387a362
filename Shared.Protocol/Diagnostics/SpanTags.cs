namespace Shared.Protocol.Diagnostics;

/// <summary>
/// The names of what spans carry: those of OpenTelemetry's semantic conventions where there is one, and names of this project otherwise. Never changed;
/// <c>docs/tracing.md</c> lists them.
/// </summary>
public static class SpanTags
{
    /// <summary>What carries the messages: always <see cref="MessagingSystemValue"/>.</summary>
    public const string MessagingSystem = "messaging.system";

    /// <summary>The value of <see cref="MessagingSystem"/>: the pair's own protocol, whatever mechanism it runs over.</summary>
    public const string MessagingSystemValue = "gameservers";

    /// <summary>What is done with a message: <c>send</c> or <c>process</c>.</summary>
    public const string OperationType = "messaging.operation.type";

    /// <summary>The mailbox that a message is for: <c>request/0</c>.</summary>
    public const string Destination = "messaging.destination.name";

    /// <summary>The number of a request, unique within its chatD's run.</summary>
    public const string MessageId = "messaging.message.id";

    /// <summary>The number of a player's session.</summary>
    public const string Session = "session.id";

    /// <summary>How a request or a line ended: <c>ok</c>, <c>error</c>, <c>busy</c>, <c>unknown</c>, <c>cancelled</c>.</summary>
    public const string Outcome = "gameservers.outcome";

    /// <summary>The id of the command: <c>find</c>.</summary>
    public const string Command = "gameservers.command";

    /// <summary>The code of the answer: <c>same_map</c>.</summary>
    public const string Code = "gameservers.code";

    /// <summary>Where something was said: one of the rooms of events.</summary>
    public const string Room = "gameservers.room";

    /// <summary>How many sessions an event was for.</summary>
    public const string Recipients = "gameservers.recipients";

    /// <summary>Why a span has failed.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Which database: <c>sqlite</c>, <c>postgresql</c>.</summary>
    public const string DatabaseSystem = "db.system.name";

    /// <summary>What was done there: <c>AddName</c>.</summary>
    public const string DatabaseOperation = "db.operation.name";
}
