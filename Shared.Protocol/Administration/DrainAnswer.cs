namespace Shared.Protocol.Administration;

/// <summary>What came of a <see cref="DrainRequest"/>.</summary>
/// <param name="Draining">Whether nobody is let in from now on.</param>
/// <param name="HasChanged">Whether that is new.</param>
/// <param name="InFlight">Requests under way at this moment.</param>
public sealed record DrainAnswer(bool Draining, bool HasChanged, int InFlight);
