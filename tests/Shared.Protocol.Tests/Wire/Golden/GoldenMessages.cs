using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Wire.Golden;

/// <summary>
/// Every message with its frozen bytes. An entry is never changed: a field that is added gets a further entry, and the old one must
/// still be read.
/// </summary>
public static class GoldenMessages
{
    public static IReadOnlyList<IGoldenMessage> All { get; } =
    [
        new GoldenMessage<CommandRequest>(new("/찾기 타락파워전사"), "9201ba2fecb0beeab8b020ed8380eb9dbded8c8cec9b8ceca084ec82ac"),
        new GoldenMessage<CommandResult>(new("find", "same_map", ["타락파워전사", "헤네시스"], null),
            "9502a466696e64a873616d655f6d617092b2ed8380eb9dbded8c8cec9b8ceca084ec82acaced97a4eb84a4ec8b9cec8aa4c0"),
        new GoldenMessage<CommandResult>(new("", "text", [], "타락파워전사님을 찾을 수 없습니다."),
            "9502a0a47465787490d931ed8380eb9dbded8c8cec9b8ceca084ec82aceb8b98ec9d8420ecb0beec9d8420ec889820ec9786ec8ab5eb8b88eb8ba42e"),
        new GoldenMessage<LogInRequest>(new("타락파워전사", 20, "헤네시스"),
            "9403b2ed8380eb9dbded8c8cec9b8ceca084ec82ac14aced97a4eb84a4ec8b9cec8aa4"),
        new GoldenMessage<LogInResult>(new("타락파워전사", 200, "헤네시스"),
            "9404b2ed8380eb9dbded8c8cec9b8ceca084ec82acccc8aced97a4eb84a4ec8b9cec8aa4"),
        new GoldenMessage<LogOutRequest>(default, "9105"),
        new GoldenMessage<LogOutResult>(new(WasThere: true), "9206c3"),
        new GoldenMessage<CatalogueRequest>(default, "9107"),
        new GoldenMessage<CatalogueResult>(
            new([new("find", "same_map", "{0}님은 {1}에 있습니다.", "{0} is in {1}."), new("", "usage", "", "")]),
            "92089294a466696e64a873616d655f6d6170be7b307deb8b98ec9d80207b317dec979020ec9e88ec8ab5eb8b88eb8ba42eae7b307d20697320696e20"
            + "7b317d2e94a0a57573616765a0a0"),
        new GoldenMessage<Greeting>(new(3, 4026531839, 0x0123456789abcdef), "942003ceefffffffcf0123456789abcdef"),
        new GoldenMessage<GreetingAnswer>(new(1, 4026531839, ulong.MaxValue, 7), "952101ceefffffffcfffffffffffffffff07"),
        new GoldenMessage<Farewell>(new(255), "9222ccff"),
        new GoldenMessage<ClientLogIn>(new(PlayerProtocol.Version, "타락파워전사", 1, "헤네시스", Language.English),
            "984101b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa402c000"),
        new GoldenMessage<ClientLogIn>(new(PlayerProtocol.Version, "가", 1, "나", Language.Korean, Token("000102030405060708090a0b0c0d0e0f"), 300),
            "984101a3eab08001a3eb829801c410000102030405060708090a0b0c0d0e0fcd012c"),
        new GoldenMessage<ClientLine>(new(70000, "/who", 69999), "9442ce00011170a42f77686fce0001116f"),
        new GoldenMessage<ClientBye>(default, "9143"),
        new GoldenMessage<ClientPong>(default, "9144"),
        new GoldenMessage<ServerLoggedIn>(new(1, "타락파워전사", 1, "헤네시스", "Welcome.", 60000, IsResumed: true, 7, 5),
            "9a5001b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa4a857656c636f6d652ecdea60c30705"),
        new GoldenMessage<ServerRefused>(new("name_taken", "That name is in use."),
            "9351aa6e616d655f74616b656eb454686174206e616d6520697320696e207573652e"),
        new GoldenMessage<ServerResult>(new(1, 0x100000001, "find", OutcomeKind.Ok, "same_map", "여기", ["a", "b"]),
            "985201cf0000000100000001a466696e6401a873616d655f6d6170a6ec97aceab8b092a161a162"),
        new GoldenMessage<ServerEvent>(new("whisper", "hello", ["x"]), "9453a777686973706572a568656c6c6f91a178"),
        new GoldenMessage<ServerNotice>(new("stopping", "The server stops."), "9354a873746f7070696e67b1546865207365727665722073746f70732e"),
        new GoldenMessage<ServerPing>(default, "9155"),
        new GoldenMessage<ResultBody<LogOutResult>>(new(ResultStatus.Ok, null, new(true), HasMessage: true), "9301c09206c3"),
        new GoldenMessage<ResultBody<LogInResult>>(new(ResultStatus.Error, "name_taken", default, HasMessage: false),
            "9302aa6e616d655f74616b656ec0"),
        new GoldenMessage<ResultBody<CommandResult>>(new(ResultStatus.Error, "not_found", new("find", "not_found", ["가"], null), HasMessage: true),
            "9302a96e6f745f666f756e649502a466696e64a96e6f745f666f756e6491a3eab080c0"),
        new GoldenMessage<ResultBody<CommandResult>>(new(ResultStatus.Busy, "overloaded", default, HasMessage: false),
            "9303aa6f7665726c6f61646564c0"),
    ];

    /// <summary>Messages as they were written before they got their last fields: they must still be read, with those at their defaults.</summary>
    public static IReadOnlyList<IGoldenMessage> Earlier { get; } =
    [
        new GoldenMessage<ClientLogIn>(new(PlayerProtocol.Version, "타락파워전사", 1, "헤네시스", Language.English),
            "964101b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa402"),
        new GoldenMessage<ClientLine>(new(70000, "/who"), "9342ce00011170a42f77686f"),
        new GoldenMessage<ServerLoggedIn>(new(1, "타락파워전사", 1, "헤네시스", "Welcome."),
            "965001b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa4a857656c636f6d652e"),
    ];

    private static ResumeToken? Token(string hex)
    {
        var reader = new MessagePackReader([0xc4, ResumeToken.Bytes, .. Convert.FromHexString(hex)]);
        return ResumeToken.Read(ref reader);
    }
}
