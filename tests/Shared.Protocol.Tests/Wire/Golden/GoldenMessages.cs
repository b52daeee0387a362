using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Presence;
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
        new GoldenMessage<CommandRequest>(new("/답장 네", "둘"), "9301ab2feb8bb5ec9ea520eb84a4a3eb9198"),
        new GoldenMessage<CommandResult>(new("channel", "changed", ["2"], null, 2), "9602a76368616e6e656ca76368616e67656491a132c002"),
        new GoldenMessage<CommandResult>(new("channel", "changed", ["2"], null, 2, "나"), "9702a76368616e6e656ca76368616e67656491a132c002a3eb8298"),
        new GoldenMessage<CommandResult>(new("find", "same_map", ["타락파워전사", "헤네시스"], null),
            "9502a466696e64a873616d655f6d617092b2ed8380eb9dbded8c8cec9b8ceca084ec82acaced97a4eb84a4ec8b9cec8aa4c0"),
        new GoldenMessage<CommandResult>(new("", "text", [], "타락파워전사님을 찾을 수 없습니다."),
            "9502a0a47465787490d931ed8380eb9dbded8c8cec9b8ceca084ec82aceb8b98ec9d8420ecb0beec9d8420ec889820ec9786ec8ab5eb8b88eb8ba42e"),
        new GoldenMessage<LogInRequest>(new("타락파워전사", 20, "헤네시스"),
            "9403b2ed8380eb9dbded8c8cec9b8ceca084ec82ac14aced97a4eb84a4ec8b9cec8aa4"),
        new GoldenMessage<LogInRequest>(new("가", 1, "나", "secret"), "9503a3eab08001a3eb8298a6736563726574"),
        new GoldenMessage<LogInRequest>(new("가", 1, "나", "secret", IsReturn: true), "9603a3eab08001a3eb8298a6736563726574c3"),
        new GoldenMessage<LogInResult>(new("가", 1, "나", ["다"]), "9504a3eab08001a3eb829891a3eb8ba4"),
        new GoldenMessage<LogInResult>(new("타락파워전사", 200, "헤네시스"),
            "9404b2ed8380eb9dbded8c8cec9b8ceca084ec82acccc8aced97a4eb84a4ec8b9cec8aa4"),
        new GoldenMessage<LogOutRequest>(default, "9105"),
        new GoldenMessage<LogOutResult>(new(WasThere: true), "9206c3"),
        new GoldenMessage<CatalogueRequest>(default, "9107"),
        new GoldenMessage<CatalogueResult>(
            new([new("find", "same_map", "{0}님은 {1}에 있습니다.", "{0} is in {1}."), new("", "usage", "", "")]),
            "92089294a466696e64a873616d655f6d6170be7b307deb8b98ec9d80207b317dec979020ec9e88ec8ab5eb8b88eb8ba42eae7b307d20697320696e20"
            + "7b317d2e94a0a57573616765a0a0"),
        new GoldenMessage<GameEvent>(
            new(7, 9, "whisper", "whisper", "heard", ["가", "안녕"], "가", EventAudience.Sessions, [42, 70000], 0x0123456789abcdef),
            "9b100709a777686973706572a777686973706572a5686561726492a3eab080a6ec9588eb8595a3eab08001922ace00011170cf0123456789abcdef"),
        new GoldenMessage<GameEvent>(
            new(1, 0, "notice", "notice", "said", ["!"], "", EventAudience.Everybody, [], 1),
            "9b100100a66e6f74696365a66e6f74696365a47361696491a121a0029001"),
        new GoldenMessage<SessionUpdate>(new(8, 42, ["가", "a"], 0x0123456789abcdef), "9511082a92a3eab080a161cf0123456789abcdef"),
        new GoldenMessage<SessionEnded>(new(9, 42, "name_taken", 0x0123456789abcdef), "9512092aaa6e616d655f74616b656ecf0123456789abcdef"),
        new GoldenMessage<DeliveryReport>(new(3, 0x0123456789abcdef, 9, DeliveryStatus.Blocked), "952303cf0123456789abcdef0903"),
        new GoldenMessage<Greeting>(new(3, 4026531839, 0x0123456789abcdef), "942003ceefffffffcf0123456789abcdef"),
        new GoldenMessage<GreetingAnswer>(new(1, 4026531839, ulong.MaxValue, 7, TakesBatches: false), "952101ceefffffffcfffffffffffffffff07"),
        new GoldenMessage<GreetingAnswer>(new(1, 4026531839, ulong.MaxValue, 7, TakesBatches: true), "962101ceefffffffcfffffffffffffffff07c3"),
        new GoldenMessage<Farewell>(new(255), "9222ccff"),
        new GoldenMessage<FarewellAnswer>(new(3, 0x0123456789abcdef), "932603cf0123456789abcdef"),
        new GoldenMessage<PresenceUpdate>(new(20, 5_000_000_000, 300, PresenceFlags.Reset | PresenceFlags.Complete, 300,
            [
                new("가", 1, false, false, 3, 0x0123456789abcdef, 42, 20, "나", 7, 0, 0, ""),
                new("다", 3, false, false, 0, 1, 1, 256, "m", 8, 9, 0, ""),
                new("GM", 2, true, false, 0, 1, 2, 1, "m", 10, 0, 4, ""),
                new("gm", 1, true, false, 255, 1, int.MaxValue, 1, "m", 11, 0, 4, "가"),
                new("라", 3, false, true, 0, 0, 0, 0, "", 0, 0, 0, ""),
            ]),
            "972414cf000000012a05f200cd012c03cd012c95"
            + "98a3eab0800103cf0123456789abcdef2a14a3eb829807"
            + "99a3eb8ba403000101cd0100a16d0809"
            + "9aa2474d0600010201a16d0a0004"
            + "9ba2676d05ccff01ce7fffffff01a16d0b0004a3eab080"
            + "92a3eb9dbc0b"),
        new GoldenMessage<PresenceUpdate>(new(1, 1, 1, PresenceFlags.None, 1, []), "972401010100 01 90"),
        new GoldenMessage<PresenceAck>(new(2, 0x0123456789abcdef, 300, WantsSnapshot: true), "952502cf0123456789abcdefcd012cc3"),
        new GoldenMessage<ClientLogIn>(new(PlayerProtocol.Version, "타락파워전사", 1, "헤네시스", Language.English),
            "984101b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa402c000"),
        new GoldenMessage<ClientLogIn>(new(PlayerProtocol.Version, "가", 1, "나", Language.Korean, Token("000102030405060708090a0b0c0d0e0f"), 300),
            "984101a3eab08001a3eb829801c410000102030405060708090a0b0c0d0e0fcd012c"),
        new GoldenMessage<ClientLogIn>(
            new(PlayerProtocol.Version, "가", 1, "나", Language.Korean, Token("000102030405060708090a0b0c0d0e0f"), 300, LastEventNumber: 70000),
            "9a4101a3eab08001a3eb829801c410000102030405060708090a0b0c0d0e0fcd012cc0ce00011170"),
        new GoldenMessage<ClientLogIn>(
            new(PlayerProtocol.Version, "가", 1, "나", Language.Korean, null, 0, "secret"), "994101a3eab08001a3eb829801c000a6736563726574"),
        new GoldenMessage<ClientLine>(new(70000, "/who", 69999), "9442ce00011170a42f77686fce0001116f"),
        new GoldenMessage<ClientLine>(new(70000, "/who", 69999, 5), "9542ce00011170a42f77686fce0001116f05"),
        new GoldenMessage<ClientBye>(default, "9143"),
        new GoldenMessage<ClientPong>(default, "9144"),
        new GoldenMessage<ServerLoggedIn>(new(1, "타락파워전사", 1, "헤네시스", "Welcome.", 60000, IsResumed: true, 7, 5, 70000),
            "9b5001b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa4a857656c636f6d652ecdea60c30705ce00011170"),
        new GoldenMessage<ServerRefused>(new("name_taken", "That name is in use."),
            "9351aa6e616d655f74616b656eb454686174206e616d6520697320696e207573652e"),
        new GoldenMessage<ServerRefused>(new("name_taken", "That name is in use.", LastReceivedLineId: 300),
            "9451aa6e616d655f74616b656eb454686174206e616d6520697320696e207573652ecd012c"),
        new GoldenMessage<ServerResult>(new(1, 0x100000001, "find", OutcomeKind.Ok, "same_map", "여기", ["a", "b"]),
            "985201cf0000000100000001a466696e6401a873616d655f6d6170a6ec97aceab8b092a161a162"),
        new GoldenMessage<ServerEvent>(new("whisper", "hello", ["x"]), "9753a777686973706572a568656c6c6f91a178a0a000"),
        new GoldenMessage<ServerEvent>(new("heard", "가: hi", ["가", "hi"], "whisper", "가", 5),
            "9753a56865617264a7eab0803a20686992a3eab080a26869a777686973706572a3eab080cf0000000000000005"),
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
        new GoldenMessage<ServerEvent>(new("whisper", "hello", ["x"]), "9453a777686973706572a568656c6c6f91a178"),
        new GoldenMessage<ServerLoggedIn>(new(1, "타락파워전사", 1, "헤네시스", "Welcome.", 60000, IsResumed: true, 7, 5),
            "9a5001b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa4a857656c636f6d652ecdea60c30705"),
        new GoldenMessage<ServerLoggedIn>(new(1, "타락파워전사", 1, "헤네시스", "Welcome."),
            "965001b2ed8380eb9dbded8c8cec9b8ceca084ec82ac01aced97a4eb84a4ec8b9cec8aa4a857656c636f6d652e"),
    ];

    private static ResumeToken? Token(string hex)
    {
        var reader = new MessagePackReader([0xc4, ResumeToken.Bytes, .. Convert.FromHexString(hex)]);
        return ResumeToken.Read(ref reader);
    }
}
