namespace ChatD.Texts;

/// <summary>The codes that chatD itself gives a player, beside those of the request layer.</summary>
internal static class ChatCodes
{
    public const string Welcome = "welcome";
    public const string BadText = "bad_text";
    public const string ServerFull = "server_full";
    public const string ServerBusy = "server_busy";
    public const string ProtocolVersion = "protocol_version";
    public const string LogInTimeout = "login_timeout";
    public const string FrameTimeout = "frame_timeout";
    public const string FrameTooLong = "frame_too_long";
    public const string BadFrame = "bad_frame";
    public const string SessionLost = "session_lost";
    public const string Resumed = "resumed";
    public const string TakenOver = "taken_over";
    public const string LogInPending = "login_pending";
    public const string Kicked = "kicked";
    public const string KickedFor = "kicked_for";
    public const string EventsMissed = "events_missed";
}
