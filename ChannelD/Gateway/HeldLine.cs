using System.Diagnostics;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;

namespace ChannelD.Gateway;

/// <summary>A line that waits for the one before it; its answer is this task's. Whoever waits goes on inline, on the thread that ends it.</summary>
/// <param name="request">The line.</param>
/// <param name="untilNs">When it is no more to be run, in nanoseconds of the monotonic clock.</param>
/// <param name="span">Its span; null where it is not traced.</param>
internal sealed class HeldLine(in CommandRequest request, long untilNs, Activity? span) : TaskCompletionSource<ResultBody<CommandResult>>
{
    private readonly CommandRequest _request = request;

    /// <summary>The line.</summary>
    public ref readonly CommandRequest Request => ref _request;

    /// <summary>When it is no more to be run.</summary>
    public long UntilNs { get; } = untilNs;

    /// <summary>Its span.</summary>
    public Activity? Span { get; } = span;
}
