using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Shared.Operations.Diagnostics;
using Shared.Operations.Metrics;
using Shared.Operations.Readiness;

namespace Shared.Operations.Endpoint;

/// <summary>Answers <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal sealed class OperationsApplication(DaemonIdentity identity, ReadinessChecks readiness, MetricFamilies metrics, ILogger logger)
    : IHttpApplication<IFeatureCollection>
{
    private const string Plain = "text/plain; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        CancellationToken aborted = context.Get<IHttpRequestLifetimeFeature>()?.RequestAborted ?? CancellationToken.None;
        (int Status, string ContentType, string Body) answer;
        try
        {
            answer = await AnswerAsync(request, aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // It is told to who asked, and to the log; the daemon goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OperationsLog.RequestFailed(logger, KnownPath(request.Path), exception);
            answer = (StatusCodes.Status500InternalServerError, Plain, "failed; see the log\n");
        }

        byte[] body = Encoding.UTF8.GetBytes(answer.Body);
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = answer.Status;
        response.Headers.ContentType = answer.ContentType;
        response.Headers.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(request.Method))
        {
            _ = await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body, aborted);
        }
    }

    private async Task<(int Status, string ContentType, string Body)> AnswerAsync(IHttpRequestFeature request, CancellationToken aborted)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return (StatusCodes.Status405MethodNotAllowed, Plain, "GET only\n");
        }

        switch (request.Path)
        {
            // That it is answered at all is what it says.
            case "/healthz":
                return (StatusCodes.Status200OK, Plain, "alive\n");
            case "/readyz":
                return Tell(await readiness.FindFaultsAsync(aborted));
            case "/metrics":
                return (StatusCodes.Status200OK, PrometheusText.ContentType, await metrics.WriteAsync(aborted));
            default:
                return (StatusCodes.Status404NotFound, Plain, "/healthz, /readyz or /metrics\n");
        }
    }

    private (int Status, string ContentType, string Body) Tell(IReadOnlyList<ReadinessFault> faults)
    {
        ReadinessAnswer answer = new(identity.Name, identity.Claim.Instance, faults.Count == 0, faults);
        int status = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return (status, Json, JsonSerializer.Serialize(answer, ReadinessJson.Default.ReadinessAnswer) + "\n");
    }

    // What somebody else has written is no part of a log line.
    private static string KnownPath(string path) => path is "/healthz" or "/readyz" or "/metrics" ? path : "another path";
}
