using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Shared.Operations.Diagnostics;
using Shared.Operations.Metrics;
using Shared.Operations.Page;
using Shared.Operations.Readiness;

namespace Shared.Operations.Endpoint;

/// <summary>Answers <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, and what belongs to the page where there is one. Nothing here changes anything.</summary>
internal sealed class OperationsApplication(
    DaemonIdentity identity, ReadinessChecks readiness, MetricFamilies metrics, HostNames hosts, OperationsPage? page, ILogger logger)
    : IHttpApplication<IFeatureCollection>
{
    private const string Plain = "text/plain; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";

    // The page may load from here and nowhere else, nobody may show it in a frame, and no other site may read or embed what is answered.
    private static readonly KeyValuePair<string, StringValues>[] s_headers =
    [
        new("Cache-Control", "no-store"),
        new("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Referrer-Policy", "no-referrer"),
        new("X-Content-Type-Options", "nosniff"),
    ];

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
        OperationsAnswer answer;
        try
        {
            answer = await AnswerAsync(request, context.Get<IHttpConnectionFeature>(), aborted);
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
            answer = Text(StatusCodes.Status500InternalServerError, "failed; see the log\n");
        }

        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = answer.Status;
        response.Headers.ContentType = answer.ContentType;
        response.Headers.ContentLength = answer.Body.Length;
        foreach ((string name, StringValues value) in s_headers)
        {
            response.Headers[name] = value;
        }

        if (!HttpMethods.IsHead(request.Method))
        {
            _ = await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(answer.Body, aborted);
        }
    }

    private async ValueTask<OperationsAnswer> AnswerAsync(IHttpRequestFeature request, IHttpConnectionFeature? connection, CancellationToken aborted)
    {
        // No browser can be made to call a Unix socket, and those have no address.
        if (connection?.LocalIpAddress is not null && !hosts.Knows(request.Headers.Host.ToString()))
        {
            return Text(
                StatusCodes.Status421MisdirectedRequest,
                $"Nobody here is called so. Call by an address or localhost, or name the host in {OpsOptions.Section}:{nameof(OpsOptions.HostNames)}.\n");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return Text(StatusCodes.Status405MethodNotAllowed, "GET only\n");
        }

        switch (request.Path)
        {
            // That it is answered at all is what it says.
            case "/healthz":
                return Text(StatusCodes.Status200OK, "alive\n");
            case "/readyz":
                return Tell(await readiness.FindFaultsAsync(aborted));
            case "/metrics":
                return new OperationsAnswer(StatusCodes.Status200OK, PrometheusText.ContentType, Encoding.UTF8.GetBytes(await metrics.WriteAsync(aborted)));
            default:
                OperationsAnswer? found = page is null ? null : await page.FindAsync(request.Path, request.QueryString, aborted);
                return found ?? Text(StatusCodes.Status404NotFound, $"/healthz, /readyz, /metrics{(page is null ? string.Empty : ", or the page at /")}\n");
        }
    }

    private OperationsAnswer Tell(IReadOnlyList<ReadinessFault> faults)
    {
        ReadinessAnswer answer = new(identity.Name, identity.Claim.Instance, faults.Count == 0, faults);
        int status = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return new OperationsAnswer(status, Json, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer, ReadinessJson.Default.ReadinessAnswer) + "\n"));
    }

    private static OperationsAnswer Text(int status, string text) => new(status, Plain, Encoding.UTF8.GetBytes(text));

    // What somebody else has written is no part of a log line.
    private static string KnownPath(string path) => path is "/healthz" or "/readyz" or "/metrics" or "/" or "/stats" ? path : "another path";
}
