using Shared.Protocol.Transport;

namespace Shared.Protocol.Hosting.Ipc;

/// <summary>Opens a daemon's place among the others. The daemons use <see cref="IpcNode.Open"/>; tests have their own.</summary>
/// <param name="claim">Which daemon it is.</param>
/// <exception cref="ResourceRefusedException">The queues are another's, or this daemon runs already.</exception>
public delegate IpcNode IpcNodeFactory(DaemonClaim claim);
