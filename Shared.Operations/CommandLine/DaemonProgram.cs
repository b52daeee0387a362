namespace Shared.Operations.CommandLine;

/// <summary>What a daemon's command line can ask for, beside running it.</summary>
/// <param name="Name">The daemon's name, e.g. <c>chatD</c>.</param>
/// <param name="Purpose">What it is for, in a few words, for <c>--help</c>.</param>
/// <param name="CommonOptions">The options most used, for <c>--help</c>: <c>Chat:Listen</c>.</param>
public sealed record DaemonProgram(string Name, string Purpose, IReadOnlyList<string> CommonOptions);
