using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;

namespace Shared.Operations.Administration;

/// <summary>Lets nobody in any more, or again everybody. Whoever is in the game stays, and is served.</summary>
internal sealed class DrainCommand(DrainSwitch drain, IpcState ipc) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Drain;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Change;

    /// <inheritdoc/>
    public ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        DrainRequest request = call.Read(AdminJson.Default.DrainRequest);
        bool hasChanged = drain.Set(request.On);
        int inFlight = ipc.Node is { } node ? node.Client?.InFlightCount ?? node.Server?.UnansweredCount ?? 0 : 0;
        return ValueTask.FromResult(AdminReply.Of(new DrainAnswer(request.On, hasChanged, inFlight), AdminJson.Default.DrainAnswer));
    }
}
