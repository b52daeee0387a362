using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// Answers one kind of request. Called on the mailbox's reading thread: what can be answered from memory is answered at once, and
/// what must wait returns an unfinished task, and goes on elsewhere. Either has <see cref="RequestServerOptions.HandlerTimeoutMs"/>; what comes later is
/// dropped.
/// </summary>
/// <param name="context">Where the request came from.</param>
/// <param name="request">The request.</param>
public delegate ValueTask<ResultBody<TResult>> RequestHandler<TRequest, TResult>(RequestContext context, TRequest request)
    where TRequest : IWireMessage<TRequest>
    where TResult : IWireMessage<TResult>;
