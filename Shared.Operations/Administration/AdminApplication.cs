using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Shared.Operations.Diagnostics;
using Shared.Protocol.Administration;
using Shared.Protocol.Diagnostics;

namespace Shared.Operations.Administration;

/// <summary>Checks who asks, finds the command, and hands its answer on.</summary>
/// <param name="commands">The commands.</param>
/// <param name="access">Who may.</param>
/// <param name="logger">Takes every change, with who made it.</param>
/// <param name="stopping">Ends what goes on for long.</param>
internal sealed class AdminApplication(IEnumerable<IAdminCommand> commands, AdminAccess access, ILogger logger, CancellationToken stopping)
    : IHttpApplication<IFeatureCollection>
{
    private const string Json = "application/json; charset=utf-8";
    private const string JsonLines = "application/x-ndjson; charset=utf-8";

    // What is changed is logged whole where it is as short as ours are.
    private const int MaxLoggedChars = 300;

    private readonly Dictionary<string, IAdminCommand> _commands = commands.ToDictionary(command => command.Path, StringComparer.Ordinal);
    private readonly LogThrottle _refusals = new(TimeSpan.FromSeconds(10));

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        CancellationToken aborted = context.Get<IHttpRequestLifetimeFeature>()?.RequestAborted ?? CancellationToken.None;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        AdminRefusal refusal;
        int status;
        try
        {
            await AnswerAsync(context, ending.Token);
            return;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return;
        }
        catch (AdminRefusedException refused)
        {
            (status, refusal) = (refused.Status, new AdminRefusal(refused.Code, refused.Message));
        }
        catch (BadHttpRequestException bad)
        {
            string code = bad.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => AdminCodes.TooLarge,
                StatusCodes.Status408RequestTimeout => AdminCodes.TooSlow,
                _ => AdminCodes.BadRequest,
            };
            (status, refusal) = (bad.StatusCode, new AdminRefusal(code, bad.Message));
        }
#pragma warning disable CA1031 // It is told to who asked, and to the log; the daemon goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
            AdministrationLog.RequestFailed(logger, _commands.ContainsKey(request.Path) ? request.Path : "another path", exception);
            (status, refusal) = (StatusCodes.Status500InternalServerError, new AdminRefusal(AdminCodes.Internal, "It failed; the daemon's log tells more."));
        }

        if (!context.GetRequiredFeature<IHttpResponseFeature>().HasStarted)
        {
            await WriteAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(refusal, AdminJson.Default.AdminRefusal), aborted);
        }
    }

    private async Task AnswerAsync(IFeatureCollection context, CancellationToken cancellationToken)
    {
        AdminCaller caller = Admit(context);
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        if (!_commands.TryGetValue(request.Path, out IAdminCommand? command))
        {
            throw new AdminRefusedException(
                StatusCodes.Status404NotFound, AdminCodes.UnknownPath, $"There is no such path. There are: {string.Join(", ", _commands.Keys.Order(StringComparer.Ordinal))}.");
        }

        string method = command.Kind == AdminCommandKind.Read ? HttpMethods.Get : HttpMethods.Post;
        if (!HttpMethods.Equals(request.Method, method))
        {
            throw new AdminRefusedException(StatusCodes.Status405MethodNotAllowed, AdminCodes.WrongMethod, $"{command.Path} is asked for by {method}.");
        }

        var call = new AdminCall(caller, request.QueryString, await ReadBodyAsync(request.Body, cancellationToken));

        // A change is not broken off where its caller goes away: what had become of it nobody could tell.
        AdminReply reply = await RunAsync(command, call, command.Kind == AdminCommandKind.Change ? stopping : cancellationToken);
        if (reply.Lines is { } lines)
        {
            await WriteLinesAsync(context, command, call, lines, cancellationToken);
        }
        else
        {
            await WriteAsync(context, StatusCodes.Status200OK, reply.Body, cancellationToken);
        }
    }

    private AdminCaller Admit(IFeatureCollection context)
    {
        AdminCaller? caller = context.Get<IConnectionSocketFeature>() is { } connection ? PeerCredentials.TryRead(connection.Socket) : null;
        if (caller is not null && access.Allows(caller))
        {
            return caller;
        }

        if (_refusals.TryPass(out long heldBack))
        {
            AdministrationLog.CallerRefused(logger, caller?.UserId ?? uint.MaxValue, caller?.ProcessId ?? 0, access.ToString(), heldBack);
        }

        // Whoever may not is not to keep a connection of those who may.
        context.GetRequiredFeature<IHttpResponseFeature>().Headers.Connection = "close";
        string who = caller is null ? "Who you are cannot be learnt" : $"You are uid {caller.UserId}";
        throw new AdminRefusedException(StatusCodes.Status403Forbidden, AdminCodes.Forbidden, $"{who}; this daemon is administered by {access}.");
    }

    private async ValueTask<AdminReply> RunAsync(IAdminCommand command, AdminCall call, CancellationToken cancellationToken)
    {
        if (command.Kind == AdminCommandKind.Read)
        {
            return await command.RunAsync(call, cancellationToken);
        }

        string outcome = "failed";
        try
        {
            AdminReply reply = await command.RunAsync(call, cancellationToken);
            outcome = reply.Lines is null ? "done" : "begun";
            return reply;
        }
        catch (AdminRefusedException refused)
        {
            outcome = refused.Code;
            throw;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            outcome = "broken off, for the daemon stops; it may have been done";
            throw;
        }
        finally
        {
            AdministrationLog.Asked(logger, call.Caller.UserId, call.Caller.ProcessId, command.Path, Shown(call.Understood.Span), outcome);
        }
    }

    private async Task WriteLinesAsync(
        IFeatureCollection context, IAdminCommand command, AdminCall call, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.Headers.ContentType = JsonLines;
        response.Headers.CacheControl = "no-store";
        IHttpResponseBodyFeature body = context.GetRequiredFeature<IHttpResponseBodyFeature>();
        try
        {
            await foreach (ReadOnlyMemory<byte> line in lines.WithCancellation(cancellationToken))
            {
                _ = await body.Writer.WriteAsync(line, cancellationToken);
                _ = await body.Writer.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
        }
        finally
        {
            AdministrationLog.Ended(logger, call.Caller.UserId, call.Caller.ProcessId, command.Path, Shown(call.Understood.Span));
        }
    }

    private static async Task WriteAsync(IFeatureCollection context, int status, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = status;
        response.Headers.ContentType = Json;
        response.Headers.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        _ = await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body, cancellationToken);
    }

    // Kestrel refuses a longer body, and one that comes too slowly.
    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        await body.CopyToAsync(read, cancellationToken);
        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    private static string Shown(ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body);
        return UserText.Escape(text.Length <= MaxLoggedChars ? text : text[..MaxLoggedChars] + "...");
    }
}
