using Shared.Protocol.Messages.Commands;

namespace ChatD.Texts;

/// <summary>The sentences that chatD itself says. Those of the commands come from the channel, and those that both need are <see cref="CommonTexts"/>.</summary>
internal static class ChatTexts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CatalogueText> All { get; } =
    [
        Of(ChatCodes.Welcome, "{0}님, {1}채널 {2}에 오신 것을 환영합니다.", "Welcome, {0}: channel {1}, {2}."),
        Of(CommonCodes.NameTaken, "{0}님은 이미 접속 중입니다.", "{0} is logged in already."),
        Of(ChatCodes.BadText, "사용할 수 없는 문자가 들어 있습니다.", "The line has characters that are not allowed."),
        Of(ChatCodes.ServerFull, "접속자가 너무 많습니다. 잠시 후 다시 시도해 주세요.", "The server is full. Please try again later."),
        Of(ChatCodes.ServerBusy, "접속 요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.", "Too many players are logging in at this moment. Please try again in a moment."),
        Of(ChatCodes.ProtocolVersion, "지원하지 않는 클라이언트 버전입니다(클라이언트 {0}, 서버 {1}).", "This client speaks protocol version {0}; the server speaks {1}."),
        Of(ChatCodes.LogInTimeout, "시간 안에 로그인하지 않아 접속을 끊습니다.", "The log-in took too long."),
        Of(ChatCodes.FrameTimeout, "데이터가 너무 늦게 도착하여 접속을 끊습니다.", "A frame took too long to arrive."),
        Of(ChatCodes.FrameTooLong, "데이터가 너무 길어 접속을 끊습니다.", "A frame was too long."),
        Of(ChatCodes.BadFrame, "알 수 없는 데이터를 받아 접속을 끊습니다.", "A frame could not be read."),
        Of(ChatCodes.SessionLost, "다른 곳에서 같은 캐릭터로 접속하여 접속을 끊습니다.", "Your character is logged in elsewhere."),
        Of(ChatCodes.Resumed, "{0}님, 다시 연결되었습니다.", "Welcome back, {0}."),
        Of(ChatCodes.TakenOver, "다른 연결에서 게임을 이어 갑니다.", "Your session goes on over another connection."),
        Of(ChatCodes.LogInPending, "접속을 처리하는 중입니다. 잠시 후 다시 시도해 주세요.", "Your log-in is under way. Please try again in a moment."),
        Of(ChatCodes.Kicked, "운영자가 접속을 끊었습니다.", "An operator has ended your session."),
        Of(ChatCodes.KickedFor, "운영자가 접속을 끊었습니다. 사유: {1}", "An operator has ended your session. Reason: {1}"),
        Of(ChatCodes.EventsMissed, "일부 메시지를 받지 못했을 수 있습니다.", "Some messages may not have reached you."),
    ];

    private static CatalogueText Of(string code, string korean, string english) => new(string.Empty, code, korean, english);
}
