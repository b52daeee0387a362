using Shared.Operations.Readiness;

namespace Shared.Operations.Endpoint;

/// <summary>What <c>/readyz</c> answers.</summary>
/// <param name="Daemon">The daemon's name.</param>
/// <param name="Instance">Its number among those of the host.</param>
/// <param name="Ready">Whether it can do its work.</param>
/// <param name="NotReady">What keeps it from that; empty when it is ready.</param>
internal sealed record ReadinessAnswer(string Daemon, int Instance, bool Ready, IReadOnlyList<ReadinessFault> NotReady);
