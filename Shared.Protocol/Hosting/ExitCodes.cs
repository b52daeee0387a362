namespace Shared.Protocol.Hosting;

/// <summary>The exit codes of both daemons. Service managers and scripts rely on them: they never change.</summary>
public static class ExitCodes
{
    /// <summary>Stopped when asked to, with nothing left behind.</summary>
    public const int Clean = 0;

    /// <summary>Any fault that has no code of its own; the log has the exception.</summary>
    public const int Fault = 1;

    /// <summary>The configuration is not valid; standard error lists every fault. Starting again without a change is useless.</summary>
    public const int BadConfiguration = 2;

    /// <summary>A resource was refused: a queue of another owner, a port in use, a log file that cannot be written.</summary>
    public const int ResourceRefused = 3;
}
