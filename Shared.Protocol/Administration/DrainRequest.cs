namespace Shared.Protocol.Administration;

/// <summary>Lets nobody in any more, or again everybody.</summary>
/// <param name="On">Whether nobody is to be let in.</param>
public sealed record DrainRequest(bool On);
