namespace Shared.Protocol.Transport;

/// <summary>What a mailbox holds. The numbers are part of the wire: <c>mtype = 4 · instance + kind</c>.</summary>
public enum MailboxKind
{
    /// <summary>Requests, read by a channelD.</summary>
    Request = 1,

    /// <summary>Results, read by the chatD that asked.</summary>
    Result = 2,

    /// <summary>What a channelD pushes to a chatD without having been asked: events, and its side of the link.</summary>
    Event = 3,

    /// <summary>What keeps a link alive, read by a channelD: a chatD's greetings, later presence between channelDs.</summary>
    Control = 4,
}
