using Shared.Protocol.Requests;

namespace Shared.Protocol.Messages.Commands;

/// <summary>
/// The sentences of the codes that belong to no single command. They are here, and not with channelD, because chatD needs them when it
/// cannot reach one.
/// </summary>
public static class CommonTexts
{
    /// <summary>All of them, with an empty command.</summary>
    public static IReadOnlyList<CatalogueText> All { get; } =
    [
        Text(CommonCodes.UnknownCommand, "알 수 없는 명령입니다.", "Unknown command."),
        Text(CommonCodes.Usage, "명령을 잘못 입력했습니다.", "The command was not typed correctly."),
        Text(CommonCodes.TooLarge, "너무 깁니다. 더 짧게 입력해 주세요.", "That is too long."),
        Text(CommonCodes.RateLimited, "너무 빨리 입력했습니다. 다시 시도: {0}초 후", "Too many lines. Try again in {0} s."),
        Text(CommonCodes.Muted, "채팅이 금지되어 있습니다. 남은 시간: {0}분 {1}초, 사유: {2}", "You are muted for another {0} min {1} s. Reason: {2}"),
        Text(CommonCodes.Hidden, "숨어 있는 동안에는 말할 수 없습니다.", "You cannot speak while you are hidden."),
        Text(
            CommonCodes.NotAllReached,
            "서버가 혼잡하여 일부에게는 전달되지 않았을 수 있습니다.",
            "The server is busy: not everybody may have been reached."),
        Text(CommonCodes.NoSession, "게임에 접속한 캐릭터만 쓸 수 있는 명령입니다.", "Only a character in the game can use this command."),
        Text(CommonCodes.BadName, "사용할 수 없는 이름입니다.", "This name cannot be used."),
        Text(CommonCodes.BadMap, "사용할 수 없는 맵 이름입니다.", "This map name cannot be used."),
        Text(CommonCodes.BadChannel, "없는 채널입니다.", "There is no such channel."),
        Text(CommonCodes.NameTaken, "이미 접속 중인 이름입니다.", "A character of this name is already in the game."),
        Text(CommonCodes.AlreadyIn, "이미 다른 캐릭터로 접속해 있습니다.", "You are already in the game with another character."),
        Text(CommonCodes.StateUnavailable, "저장된 정보를 불러올 수 없습니다. 잠시 후 다시 시도해 주세요.", "What is saved cannot be reached. Please try again in a moment."),
        Text(CommonCodes.StateUncertain, "저장되었는지 확인할 수 없습니다. 잠시 후 다시 확인해 주세요.", "It is not certain whether this was saved. Please check again in a moment."),
        Text(CommonCodes.ChannelFull, "접속 인원이 가득 찼습니다. 잠시 후 다시 시도해 주세요.", "The game is full. Please try again later."),
        Text(CommonCodes.Draining, "점검을 준비하고 있어 지금은 접속할 수 없습니다. 잠시 후 다시 시도해 주세요.", "The server is about to be serviced and lets nobody in for now. Please try again in a moment."),
        Text(CommonCodes.ChannelUnavailable, "지금은 그 채널로 이동할 수 없습니다. 잠시 후 다시 시도해 주세요.", "That channel cannot be entered now. Please try again in a moment."),
        Text(OutcomeCodes.Overloaded, "서버가 혼잡합니다. 잠시 후 다시 시도해 주세요.", "The server is busy. Please try again in a moment."),
        Text(OutcomeCodes.PeerDown, "게임 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.", "The game server cannot be reached. Please try again in a moment."),
        Text(OutcomeCodes.Stopping, "서버가 종료되는 중입니다.", "The server is shutting down."),
        Text(OutcomeCodes.UnknownSession, "접속을 복구하는 중입니다. 잠시 후 다시 시도해 주세요.", "Your session is being restored. Please try again in a moment."),
        Text(OutcomeCodes.Deadline, "제때 응답을 받지 못했습니다. 명령이 실행되었을 수도 있습니다.", "No answer came in time. The command may have been carried out."),
        Text(OutcomeCodes.PeerLost, "게임 서버와 연결이 끊겼습니다. 명령이 실행되었을 수도 있습니다.", "The game server was lost. The command may have been carried out."),
        Text(OutcomeCodes.MalformedResult, "응답을 읽을 수 없습니다. 명령이 실행되었을 수도 있습니다.", "The answer could not be read. The command may have been carried out."),
        Text(OutcomeCodes.MalformedRequest, "게임 서버가 요청을 읽을 수 없습니다.", "The game server could not read the request."),
        Text(OutcomeCodes.UnknownRequest, "게임 서버가 지원하지 않는 요청입니다.", "The game server does not know this request."),
        Text(OutcomeCodes.Internal, "서버에서 오류가 발생했습니다.", "An error occurred on the server."),
        Text(OutcomeCodes.HandlerTimeout, "명령이 제때 끝나지 않았습니다. 나중에 실행될 수도 있습니다.", "The command did not finish in time. It may still be carried out."),
    ];

    private static CatalogueText Text(string code, string korean, string english) => new(string.Empty, code, korean, english);
}
