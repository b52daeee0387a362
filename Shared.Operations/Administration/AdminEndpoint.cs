using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Operations.Diagnostics;
using Shared.Operations.Endpoint;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;

namespace Shared.Operations.Administration;

/// <summary>
/// Serves administration at a Unix socket of its own, apart from health and metrics: whoever may look at those, over TCP perhaps, may not
/// change anything by that.
/// </summary>
internal sealed class AdminEndpoint(
    IOptions<OpsOptions> options,
    IOptions<IpcOptions> ipc,
    DaemonIdentity identity,
    IEnumerable<IAdminCommand> commands,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private const string Option = $"{OpsOptions.Section}:{nameof(OpsOptions.AdminSocket)}";

    // Operators, their scripts, and those who trace.
    private const int MaxConnections = 64;

    private static readonly TimeSpan s_stopLimit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_headersLimit = TimeSpan.FromSeconds(5);
    // Everybody is on this host: whoever takes less does not read at all.
    private static readonly MinDataRate s_readingRate = new(bytesPerSecond: 65_536, gracePeriod: TimeSpan.FromSeconds(5));
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = loggers.CreateLogger<AdminEndpoint>();
    private readonly CancellationTokenSource _stopping = new();
    private KestrelServer? _server;

    private uint? GroupId => options.Value.AdminGroupId ?? ipc.Value.GroupId;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsAdminOff)
        {
            return;
        }

        if (FindPath(out string reasons) is not { } path)
        {
            AdministrationLog.NoSocket(_logger, reasons);
            return;
        }

        AdminAccess access = AdminAccess.OfThisProcess(GroupId);
        _server = CreateServer(path);
        await _server.StartAsync(new AdminApplication(commands, access, _logger, _stopping.Token), cancellationToken);
        AdministrationLog.Listening(_logger, path, access.ToString());
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_server is not null)
        {
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ending.CancelAfter(s_stopLimit);
            await _server.StopAsync(ending.Token);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server?.Dispose();
        _stopping.Dispose();
    }

    private string? FindPath(out string reasons)
    {
        reasons = string.Empty;
        if (options.Value.AdminSocket is { } own)
        {
            return own;
        }

        string? path = OperationsSocket.TryPrepare(ipc.Value, identity.Claim, out reasons, DaemonSocketPath.Administration);
        if (path is not null && options.Value.AdminGroupId is not null)
        {
            OperationsSocket.OpenFolder(Path.GetDirectoryName(path)!);
        }

        return path;
    }

    private KestrelServer CreateServer(string path)
    {
        KestrelServerOptions kestrel = new() { AddServerHeader = false };
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = AdminLimits.MaxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = s_headersLimit;
        kestrel.Limits.KeepAliveTimeout = s_keepAlive;
        kestrel.Limits.MinResponseDataRate = s_readingRate;
        kestrel.Listen(new UnixDomainSocketEndPoint(path), listen => listen.Protocols = HttpProtocols.Http1);
        SocketTransportOptions transport = new() { CreateBoundListenSocket = Bind };
        return new KestrelServer(
            Microsoft.Extensions.Options.Options.Create(kestrel),
            new SocketTransportFactory(Microsoft.Extensions.Options.Options.Create(transport), loggers),
            loggers);
    }

    private Socket Bind(EndPoint endPoint) => OperationsSocket.Bind(endPoint.ToString()!, GroupId, Option);
}
