namespace Shared.Protocol.Administration;

/// <summary>How one daemon stands to another, as words. Part of the contract with programs: never changed.</summary>
public static class PeerStates
{
    /// <summary>It is there.</summary>
    public const string Up = "up";

    /// <summary>It is not there, or silent for longer than its lease.</summary>
    public const string Down = "down";
}
