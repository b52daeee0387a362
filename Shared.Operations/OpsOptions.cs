using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Text;
using Shared.Operations.Endpoint;
using Shared.Protocol.Hosting.Settings;
using Shared.Protocol.Interop.Linux;

namespace Shared.Operations;

/// <summary>How a daemon shows its health and its metrics (section <c>Ops</c>).</summary>
public sealed class OpsOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Ops";

    /// <summary>What <see cref="Listen"/> holds where there is to be no endpoint.</summary>
    public const string Off = "off";

    /// <summary>What the default Unix socket is called in <see cref="Listen"/>.</summary>
    public const string Socket = "socket";

    /// <summary>
    /// Where /healthz, /readyz and /metrics are served, and by chatD the operations page: <c>HOST:PORT</c>, <c>unix:PATH</c> or <c>socket</c>, several
    /// parted by commas, or <c>off</c>. Defaults to none: the Unix socket in the runtime folder that <c>socket</c> stands for, named after key, daemon
    /// and number; and for chatD also 127.0.0.1 with the port 7780 plus its number, where that is free.
    /// </summary>
    public string? Listen { get; set; }

    /// <summary>Whether <see cref="Listen"/> may name an address that other hosts reach; whoever reaches it reads everything. Defaults to false.</summary>
    public bool AllowRemote { get; set; }

    /// <summary>
    /// Names by which browsers and scrapers may call over TCP, besides addresses and localhost; several parted by commas, <c>*</c> for any.
    /// Defaults to none, so that no stranger's page can read here by a name of its own.
    /// </summary>
    public string? HostNames { get; set; }

    /// <summary>How long a look at the daemon's readiness may take, in milliseconds, and <c>--health</c> as a whole twice that. Defaults to 1,000.</summary>
    [Range(100, 30_000)]
    public int TimeoutMs { get; set; } = 1000;

    /// <summary>How many series a metric may have; what comes beyond it is counted together, with the label overflow. Defaults to 1,000.</summary>
    [Range(10, 100_000)]
    public int MaxSeries { get; set; } = 1000;

    /// <summary>
    /// The path of the Unix socket where the daemon is administered (<c>gsctl</c>), or <c>off</c>. Defaults to none: a socket in the runtime folder,
    /// named after key, daemon and number.
    /// </summary>
    public string? AdminSocket { get; set; }

    /// <summary>
    /// The group (a number or a name) whose members may administer the daemon, besides its own user and root. Defaults to none: with
    /// <c>Ipc:Mode=0660</c> the group of the queues, whose members can do everything there anyway, else nobody.
    /// </summary>
    public string? AdminGroup { get; set; }

    /// <summary>Where metrics, and spans, are sent by OTLP, e.g. <c>http://127.0.0.1:4318</c>. Defaults to none: they are not sent.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How OTLP is spoken: over HTTP with protobuf, or gRPC. Defaults to http.</summary>
    public OtlpWire OtlpProtocol { get; set; } = OtlpWire.Http;

    /// <summary>
    /// Whether metrics are sent by OTLP where there is an endpoint. Defaults to true. Where they are scraped already, false spares each line to be
    /// counted twice; spans are sent all the same.
    /// </summary>
    public bool OtlpMetrics { get; set; } = true;

    /// <summary>How often metrics are sent by OTLP, in milliseconds. Defaults to 15,000.</summary>
    [Range(100, 3_600_000)]
    public int OtlpIntervalMs { get; set; } = 15_000;

    /// <summary>
    /// The share of players' lines and log-ins that are traced, from 0 to 1, and sent to the same place by OTLP. chatD draws; channelD follows, if its own is above
    /// 0. Defaults to 0: nothing is traced.
    /// </summary>
    [Range(0.0, 1.0)]
    [Reloadable]
    public double TraceRatio { get; set; }

    /// <summary>Whether there is to be no endpoint.</summary>
    public bool IsOff => string.Equals(Listen, Off, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the daemon is not to be administered.</summary>
    public bool IsAdminOff => string.Equals(AdminSocket, Off, StringComparison.OrdinalIgnoreCase);

    /// <summary>The number of <see cref="AdminGroup"/>, or null where none is set.</summary>
    public uint? AdminGroupId => AdminGroup is null ? null : AccountNames.FindGroup(AdminGroup);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Listen is not null && !IsOff)
        {
            if (!OperationsAddresses.TryParse(Listen, out OperationsAddresses? addresses, out string? fault))
            {
                yield return new ValidationResult($"{fault}, and neither {Socket} nor {Off}.", [nameof(Listen)]);
            }
            else if (!AllowRemote && addresses.EndPoints.OfType<IPEndPoint>().FirstOrDefault(endPoint => !IPAddress.IsLoopback(endPoint.Address)) is { } remote)
            {
                yield return new ValidationResult(
                    $"{remote} can be reached from other hosts. Set {Section}:{nameof(AllowRemote)}=true where that is meant.", [nameof(Listen)]);
            }
        }

        if (AdminSocket is not null && !IsAdminOff && (!Path.IsPathRooted(AdminSocket) || Encoding.UTF8.GetByteCount(AdminSocket) > SysSocket.MaxPathBytes))
        {
            yield return new ValidationResult(
                $"this is neither {Off} nor a full path of at most {SysSocket.MaxPathBytes} bytes: operators have to find it from wherever they are.", [nameof(AdminSocket)]);
        }

        if (AdminGroup is not null && AdminGroupId is null)
        {
            yield return new ValidationResult("there is no such group on this host (/etc/group), and it is not a number.", [nameof(AdminGroup)]);
        }

        if (OtlpEndpoint is not null && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("this is no http:// or https:// address.", [nameof(OtlpEndpoint)]);
        }

        if (TraceRatio > 0 && OtlpEndpoint is null)
        {
            yield return new ValidationResult(
                $"with {TraceRatio.ToString(CultureInfo.InvariantCulture)}, spans need a place to go to: set {Section}:{nameof(OtlpEndpoint)}.", [nameof(TraceRatio)]);
        }
    }
}
