namespace Shared.Protocol.Administration;

/// <summary>Something that keeps a daemon from doing its work.</summary>
/// <param name="Name">What it is: <c>queue</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record StatusFault(string Name, string Reason);
