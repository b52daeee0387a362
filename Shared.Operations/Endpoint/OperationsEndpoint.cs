using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Operations.Diagnostics;
using Shared.Operations.Metrics;
using Shared.Operations.Otlp;
using Shared.Operations.Page;
using Shared.Operations.Page.History;
using Shared.Operations.Readiness;
using Shared.Protocol.Hosting;
using Shared.Protocol.Transport;

namespace Shared.Operations.Endpoint;

/// <summary>
/// Serves health, metrics and the page on a Kestrel of its own, apart from the players': neither takes the other's connections or limits. What it
/// shows is counted by <see cref="MetricsKeeper"/>, for the socket of the operators too: only where both are off the instruments cost nothing.
/// </summary>
internal sealed class OperationsEndpoint : IHostedService, IDisposable
{
    // Whoever asks for health asks now and then: a scraper, a supervisor, an operator.
    private const int MaxConnections = 32;

    private static readonly TimeSpan s_stopLimit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_headersLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromMinutes(2);

    private readonly OpsOptions _options;
    private readonly IpcOptions _ipc;
    private readonly DaemonIdentity _identity;
    private readonly ReadinessChecks _readiness;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly PageSettings? _page;
    private readonly TimeProvider _time;
    private readonly MetricFamilies? _metrics;
    private MetricHistory? _history;
    private Socket? _pageSocket;
    private KestrelServer? _server;
    private IDisposable? _otlp;

    /// <summary>Makes an endpoint that does not listen yet.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="ipc">Where it is by default.</param>
    /// <param name="identity">Which daemon this is.</param>
    /// <param name="readiness">What has to be in order.</param>
    /// <param name="metrics">Counts from its making on.</param>
    /// <param name="loggers">Makes loggers.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="page">The page; null for a daemon without.</param>
    public OperationsEndpoint(
        IOptions<OpsOptions> options,
        IOptions<IpcOptions> ipc,
        DaemonIdentity identity,
        ReadinessChecks readiness,
        MetricsKeeper metrics,
        ILoggerFactory loggers,
        TimeProvider time,
        PageSettings? page = null)
    {
        _options = options.Value;
        _ipc = ipc.Value;
        _identity = identity;
        _readiness = readiness;
        _loggers = loggers;
        _time = time;
        _page = page;
        _logger = loggers.CreateLogger<OperationsEndpoint>();
        _metrics = _options.IsOff ? null : metrics.Families;
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options is { OtlpEndpoint: not null, OtlpMetrics: true })
        {
            _otlp = StartOtlp();
            OperationsLog.SendingByOtlp(_logger, new Uri(_options.OtlpEndpoint!).GetLeftPart(UriPartial.Authority));
        }

        if (_metrics is null || FindEndPoints() is not { } endPoints)
        {
            return;
        }

        _server = CreateServer(endPoints);
        try
        {
            await _server.StartAsync(
                new OperationsApplication(_identity, _readiness, _metrics, HostNames.Of(_options.HostNames), StartPage(_metrics), _logger), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException && _options.Listen is not null)
        {
            throw new ResourceRefusedException($"{OpsOptions.Section}:{nameof(OpsOptions.Listen)} = {_options.Listen} cannot be listened on: {Innermost(exception).Message}", exception);
        }

        // With the ports that were given where 0 was asked for.
        string[] addresses = [.. _server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];
        OperationsLog.Listening(_logger, string.Join(' ', addresses));
        string[] forBrowsers = [.. addresses.Where(address => !address.Contains("//unix:", StringComparison.Ordinal))];
        if (_page is not null && forBrowsers.Length > 0)
        {
            OperationsLog.PageIsAt(_logger, string.Join(' ', forBrowsers.Select(address => address + "/")));
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ending.CancelAfter(s_stopLimit);
            await _server.StopAsync(ending.Token);
        }

        if (_history is not null)
        {
            await _history.DisposeAsync();
        }

        if (_otlp is { } otlp)
        {
            await Task.Run(otlp.Dispose, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server?.Dispose();
        _pageSocket?.Dispose();
    }

    // Apart, so that its libraries are loaded by who calls it and by nobody else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private OtlpExport StartOtlp() => new(_options, _identity);

    private List<EndPoint>? FindEndPoints()
    {
        var addresses = OperationsAddresses.Parse(_options.Listen ?? OpsOptions.Socket);
        List<EndPoint> endPoints = [.. addresses.EndPoints];
        if (addresses.HasSocket)
        {
            if (OperationsSocket.TryPrepare(_ipc, _identity.Claim, out string reasons) is { } path)
            {
                endPoints.Add(new UnixDomainSocketEndPoint(path));
            }
            else
            {
                OperationsLog.NoSocket(_logger, reasons);
            }
        }

        if (_options.Listen is null && _page is not null && TryBindPage(_page.FirstPort + _identity.Claim.Instance) is { } loopback)
        {
            endPoints.Add(loopback);
        }

        return endPoints.Count > 0 ? endPoints : null;
    }

    /// <summary>
    /// Takes the port that the page has without being told; null where it cannot be had, for a daemon that nobody told to is not to fail for it.
    /// It listens from here on, for Linux lets two bind to a port, and refuses the second only when it listens.
    /// </summary>
    private IPEndPoint? TryBindPage(int port)
    {
        IPEndPoint endPoint = new(IPAddress.Loopback, port);
        Socket? socket = null;
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.Listen();
            _pageSocket = socket;
            return endPoint;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            OperationsLog.NoPagePort(_logger, endPoint.ToString(), exception.Message);
            return null;
        }
    }

    private OperationsPage? StartPage(MetricFamilies metrics)
    {
        if (_page is null)
        {
            return null;
        }

        MetricHistory history = new(metrics, OperationsPage.Metrics, _time, _logger);
        history.Start();
        _history = history;
        return new OperationsPage(_identity, history, new ReadinessLook(_readiness, _time, () => history.NowMs));
    }

    private KestrelServer CreateServer(IReadOnlyList<EndPoint> endPoints)
    {
        KestrelServerOptions kestrel = new() { AddServerHeader = false };
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = s_headersLimit;
        kestrel.Limits.KeepAliveTimeout = s_keepAlive;
        foreach (EndPoint endPoint in endPoints)
        {
            kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        }

        SocketTransportOptions transport = new() { CreateBoundListenSocket = Bind };
        return new KestrelServer(
            Microsoft.Extensions.Options.Options.Create(kestrel),
            new SocketTransportFactory(Microsoft.Extensions.Options.Options.Create(transport), _loggers),
            _loggers);
    }

    private Socket Bind(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint unix
        ? OperationsSocket.Bind(unix.ToString(), _ipc.GroupId, $"{OpsOptions.Section}:{nameof(OpsOptions.Listen)}")
        : _pageSocket is { } page && endPoint.Equals(page.LocalEndPoint) ? page
        : SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
