using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace MicroBench;

/// <summary>A <c>/찾기</c> and its answer.</summary>
internal static class Example
{
    internal const ulong Generation = 0x1234_5678_9ABC_DEF1;

    internal static readonly Mailbox Requests = new(MailboxKind.Request, 0);
    internal static readonly Mailbox Results = new(MailboxKind.Result, 0);
    internal static readonly CommandRequest Request = new("/찾기 타락파워전사");

    internal static readonly ResultBody<CommandResult> Result =
        ResultBody<CommandResult>.Ok(new CommandResult("find", "same_map", ["타락파워전사", "헤네시스"], Text: null));
}
