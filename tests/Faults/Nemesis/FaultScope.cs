namespace Faults.Nemesis;

/// <summary>What a fault takes away.</summary>
[Flags]
internal enum FaultScope
{
    /// <summary>Nothing: noise that must go unnoticed.</summary>
    None = 0,

    /// <summary>The chatD.</summary>
    Chat = 1,

    /// <summary>The channelD.</summary>
    Channel = 2,

    /// <summary>The queues, or room in them.</summary>
    Queues = 4,

    /// <summary>The players' connections.</summary>
    Players = 8,

    /// <summary>Time on the processors.</summary>
    Processors = 16,
}
