using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>Where a request came from, as its envelope says.</summary>
/// <param name="ReplyTo">The mailbox that takes the result; its instance is the asker's.</param>
/// <param name="Generation">The asker's generation; 0 on a wire without one.</param>
/// <param name="UserId">The session on whose behalf it is; 0 for the asking daemon itself, or a C program.</param>
/// <param name="DeadlineNs">When the asker stops waiting, in nanoseconds of the monotonic clock; 0 for never.</param>
/// <param name="Trace">The asker's trace, if it has one.</param>
public readonly record struct RequestContext(Mailbox ReplyTo, ulong Generation, int UserId, long DeadlineNs, TraceContext? Trace);
