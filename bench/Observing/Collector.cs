using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Observing;

/// <summary>Takes what is sent by OTLP over HTTP, and throws it away: what a real one does with it is not the daemons' cost.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private long _bytes;

    private Collector()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _application = builder.Build();
        _application.Run(async context =>
        {
            byte[] buffer = new byte[64 * 1024];
            int count;
            while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                if (context.Request.Path == "/v1/traces")
                {
                    Interlocked.Add(ref _bytes, count);
                }
            }

            context.Response.StatusCode = StatusCodes.Status200OK;
        });
    }

    /// <summary>How many bytes of spans have come.</summary>
    public long SpanBytes => Interlocked.Read(ref _bytes);

    /// <summary>Where it listens.</summary>
    public string Endpoint => _application.Urls.First();

    /// <summary>Starts one at a free port of this host.</summary>
    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._application.StartAsync();
        return collector;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
