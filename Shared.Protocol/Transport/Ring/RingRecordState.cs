namespace Shared.Protocol.Transport.Ring;

/// <summary>How far a record has come.</summary>
internal enum RingRecordState
{
    /// <summary>No record: nobody has claimed this word.</summary>
    Free = 0,

    /// <summary>A producer has it and copies its frame.</summary>
    Claimed = 1,

    /// <summary>The frame is whole.</summary>
    Committed = 2,

    /// <summary>Taken away from its producer: what lies there is no frame.</summary>
    Skipped = 3,
}
