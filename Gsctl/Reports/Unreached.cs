namespace Gsctl.Reports;

/// <summary>A daemon that could not be asked.</summary>
/// <param name="Daemon">Its name, e.g. <c>chatD 0</c>.</param>
/// <param name="Socket">Its socket.</param>
/// <param name="Reason">Why not.</param>
internal sealed record Unreached(string Daemon, string Socket, string Reason);
