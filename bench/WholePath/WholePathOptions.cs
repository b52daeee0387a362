namespace WholePath;

/// <summary>How to measure.</summary>
/// <param name="Rounds">How many rounds; each measures everything that is compared once, in turn.</param>
/// <param name="Seconds">How long each is measured, in seconds.</param>
/// <param name="WarmUpSeconds">How long a pair of daemons is asked before the first round, in seconds: until what is hot has been compiled anew.</param>
/// <param name="FewPlayers">How many idle players the many are compared with.</param>
/// <param name="ManyPlayers">How many idle players there are.</param>
/// <param name="FewCharacters">How many characters the many are compared with.</param>
/// <param name="ManyCharacters">How many characters there are.</param>
/// <param name="Programs">Where the published programs are, a folder each; null to publish them first.</param>
/// <param name="DaemonOptions">Further options of both daemons, where they run to be asked.</param>
internal sealed record WholePathOptions(
    int Rounds,
    double Seconds,
    double WarmUpSeconds,
    int FewPlayers,
    int ManyPlayers,
    int FewCharacters,
    int ManyCharacters,
    string? Programs,
    IReadOnlyList<string> DaemonOptions);
