namespace ChannelD.Moderation;

/// <summary>What came of muting somebody, or of lifting that.</summary>
public enum MuteStatus
{
    /// <summary>It is done.</summary>
    Done = 1,

    /// <summary>He was not muted.</summary>
    NotMuted,

    /// <summary>He is of the same tier or a higher one.</summary>
    NotAllowed,

    /// <summary>The time is below a minute or above <see cref="Muting.MaxMinutes"/>.</summary>
    BadMinutes,

    /// <summary>The reason is longer than <see cref="State.StateLimits.MaxReasonChars"/>.</summary>
    ReasonTooLong,
}
