using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shared.Operations.Readiness;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace Shared.Operations.Administration;

/// <summary>What the daemon tells of itself.</summary>
internal sealed class StatusCommand(
    DaemonIdentity identity,
    IpcState ipc,
    IOptions<IpcOptions> options,
    ReadinessChecks readiness,
    DrainSwitch drain,
    IHostApplicationLifetime lifetime,
    IEnumerable<IStatusContributor> contributors) : IAdminCommand
{
    private static readonly string s_version =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private static readonly DateTimeOffset s_startedAt = Process.GetCurrentProcess().StartTime;
    private static readonly long s_startedStamp = Stopwatch.GetTimestamp() - (long)((DateTimeOffset.Now - s_startedAt).TotalSeconds * Stopwatch.Frequency);

    /// <inheritdoc/>
    public string Path => AdminPaths.Status;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Read;

    /// <inheritdoc/>
    public async ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadinessFault> faults = await readiness.FindFaultsAsync(cancellationToken);
        IpcNode? node = ipc.Node;
        DaemonStatus status = new()
        {
            Daemon = identity.Name,
            Instance = identity.Claim.Instance,
            Version = s_version,
            ProcessId = Environment.ProcessId,
            Host = Environment.MachineName,
            StartedAt = s_startedAt.ToUniversalTime(),
            UptimeMs = (long)Stopwatch.GetElapsedTime(s_startedStamp).TotalMilliseconds,
            State = StateOf(),
            Ready = faults.Count == 0,
            NotReady = [.. faults.Select(fault => new StatusFault(fault.Name, fault.Reason))],
            Generation = node is null ? null : Hexadecimal(node.Generation),
            Ipc = node is null ? null : Describe(node),
            Peers = node is null ? [] : [.. PeersOf(node)],
        };
        foreach (IStatusContributor contributor in contributors)
        {
            status = contributor.AddTo(status);
        }

        return AdminReply.Of(status, AdminJson.Default.DaemonStatus);
    }

    private static string Hexadecimal(ulong generation) => generation.ToString("x16", CultureInfo.InvariantCulture);

    private static IEnumerable<PeerStatus> PeersOf(IpcNode node)
    {
        foreach (ChannelLink link in node.Peers.Watch.Links.OrderBy(link => link.ChannelInstance))
        {
            string? generation = link.ChannelGeneration == 0 ? null : Hexadecimal(link.ChannelGeneration);
            yield return new PeerStatus(
                "channelD", link.ChannelInstance, link.IsUp ? PeerStates.Up : PeerStates.Down, generation, (long?)link.LastAnswerAge?.TotalMilliseconds);
        }

        foreach ((int instance, ulong generation, TimeSpan silentFor) in node.Peers.Watch.Chats?.ListAdmitted() ?? [])
        {
            yield return new PeerStatus("chatD", instance, PeerStates.Up, Hexadecimal(generation), (long)silentFor.TotalMilliseconds);
        }
    }

    private static QueueStatus? DepthOf(ITransport transport, MailboxKind kind, long capacityBytes)
    {
        try
        {
            MailboxDepth depth = transport.GetDepth(new Mailbox(kind, 0));
            return new QueueStatus(depth.Frames, depth.Bytes, capacityBytes);
        }
        catch (ObjectDisposedException)
        {
            // The daemon stops.
            return null;
        }
    }

    private string StateOf() =>
        lifetime.ApplicationStopping.IsCancellationRequested ? DaemonStates.Stopping
        : !lifetime.ApplicationStarted.IsCancellationRequested ? DaemonStates.Starting
        : drain.IsOn ? DaemonStates.Draining
        : DaemonStates.Running;

    private IpcStatus Describe(IpcNode node)
    {
        IpcOptions set = options.Value;
        RequestUsage? usage = node.Client?.Usage;
        return new IpcStatus
        {
            RequestKey = set.RequestKey,
            ResultKey = set.EffectiveResultKey,
            SingleQueue = set.SingleQueue,
            Wire = Shared.Protocol.Hosting.Settings.SettingDescription.Show(set.Wire),
            MaxFrameBytes = node.Transport.Limits.MaxFrameBytes,
            Requests = DepthOf(node.Transport, MailboxKind.Request, node.Transport.Limits.RequestCapacityBytes),
            Results = DepthOf(node.Transport, MailboxKind.Result, node.Transport.Limits.ResultCapacityBytes),
            RequestTimeoutMs = set.RequestTimeoutMs,
            HandlerTimeoutMs = set.HandlerTimeoutMs,
            HeartbeatMs = set.HeartbeatMs,
            LeaseMs = set.LeaseMs,
            Asking = usage is null ? null : new AskingStatus(node.Client!.InFlightCount, usage.PendingCount, usage.WindowBytes, usage.UsedBytes, usage.OwedBytes),
            Answering = node.Server is { } server ? new AnsweringStatus(server.UnansweredCount) : null,
        };
    }
}
