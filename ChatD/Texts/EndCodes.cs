using ChatD.Connections;
using Shared.Protocol.Requests;

namespace ChatD.Texts;

/// <summary>The code that tells a client why its connection ends.</summary>
internal static class EndCodes
{
    /// <summary>The code of a reason.</summary>
    public static string Of(EndReason reason) => reason switch
    {
        EndReason.LogInTimeout => ChatCodes.LogInTimeout,
        EndReason.FrameTimeout => ChatCodes.FrameTimeout,
        EndReason.FrameTooLong => ChatCodes.FrameTooLong,
        EndReason.BadFrame => ChatCodes.BadFrame,
        EndReason.SessionLost => ChatCodes.SessionLost,
        EndReason.TakenOver => ChatCodes.TakenOver,
        EndReason.Stopping => OutcomeCodes.Stopping,
        _ => OutcomeCodes.Internal,
    };
}
