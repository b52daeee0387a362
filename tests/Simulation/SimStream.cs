namespace Simulation;

/// <summary>
/// What chance is for. Each has a stream of numbers of its own, so that a change of the product that makes one draw more or fewer leaves the
/// others as they were: a seed keeps its settings, its faults and its players.
/// </summary>
internal enum SimStream
{
    Settings = 1,
    Generations,
    Sessions,
    Network,
    Hops,
    Faults,
    Forger,
    Players,
    Connections,
}
