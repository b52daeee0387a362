namespace Gsctl.Reports;

/// <summary>What came of draining one daemon.</summary>
/// <param name="Daemon">Its name, e.g. <c>chatD 0</c>.</param>
/// <param name="Draining">Whether it lets nobody in.</param>
/// <param name="HasChanged">Whether that is new.</param>
/// <param name="InFlight">Requests under way when it was last asked.</param>
internal sealed record DrainedDaemon(string Daemon, bool Draining, bool HasChanged, int InFlight);
