using Gsctl.Discovery;

namespace Gsctl.Connection;

/// <summary>What one of several daemons answered.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="Address">Which daemon.</param>
/// <param name="Value">Its answer; default where it gave none.</param>
/// <param name="Fault">Why it gave none; null where it did.</param>
internal sealed record DaemonAnswer<T>(DaemonAddress Address, T? Value, AdminFault? Fault)
    where T : class;
