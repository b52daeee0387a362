namespace Gsctl;

/// <summary>What gsctl exits with. Scripts rely on them: they never change.</summary>
internal static class ExitCodes
{
    /// <summary>Done; with <c>status</c>: everything is ready.</summary>
    public const int Done = 0;

    /// <summary>Nobody was found, something is not ready, or a daemon refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line is not valid.</summary>
    public const int Usage = 2;

    /// <summary>No daemon could be reached.</summary>
    public const int CannotReach = 3;

    /// <summary>Some daemons could be reached and others not; what is shown is not the whole.</summary>
    public const int Partly = 4;

    /// <summary>Ended by SIGHUP before it was done; 128 and the signal's number, as shells have it.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by SIGINT before it was done.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM before it was done.</summary>
    public const int Terminated = 143;
}
