namespace Shared.Protocol.Administration;

/// <summary>What a daemon does at present, as words. Part of the contract with programs: never changed.</summary>
public static class DaemonStates
{
    /// <summary>It starts.</summary>
    public const string Starting = "starting";

    /// <summary>It serves.</summary>
    public const string Running = "running";

    /// <summary>It serves those who are there, and lets nobody in.</summary>
    public const string Draining = "draining";

    /// <summary>It stops.</summary>
    public const string Stopping = "stopping";
}
