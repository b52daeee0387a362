namespace Faults.Checker.History;

/// <summary>Which daemon.</summary>
public enum DaemonKind
{
    /// <summary>chatD.</summary>
    Chat = 1,

    /// <summary>channelD.</summary>
    Channel = 2,
}
