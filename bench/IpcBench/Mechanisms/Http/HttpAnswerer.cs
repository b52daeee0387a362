using IpcBench.Exchanging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IpcBench.Mechanisms.Http;

/// <summary>Kestrel with one end point, as small as the framework lets it be.</summary>
internal sealed class HttpAnswerer : IAnswerer
{
    private readonly WebApplication _application;

    private HttpAnswerer(WebApplication application) => _application = application;

    /// <inheritdoc/>
    public Task Ended { get; } = new TaskCompletionSource().Task;

    /// <summary>Listens on a Unix socket.</summary>
    internal static async Task<HttpAnswerer> StartAsync(string path, bool isHttp2)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();

        // Signals are the program's to take.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.Http2.MaxStreamsPerConnection = Load.MaxInFlight;
            options.ListenUnixSocket(path, listen => listen.Protocols = isHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        application.MapPost(HttpAsker.Route, AnswerAsync);
        await application.StartAsync();
        return new HttpAnswerer(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        int length = (int)(context.Request.ContentLength ?? 0);
        if (length is < Load.MinSizeBytes or > Load.MaxSizeBytes)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        byte[] body = new byte[length];
        await context.Request.Body.ReadExactlyAsync(body);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = length;
        await context.Response.Body.WriteAsync(body);
    }
}
