using System.Tests.Support;
using System.Text;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;

namespace System.Tests.BadInput;

/// <summary>What comes before or instead of a proper log-in: each gets a clear answer and its connection back, and the others go on.</summary>
public sealed class BadLogInTests(SharedPair shared) : IClassFixture<SharedPair>
{
    public static TheoryData<string, string> Rubbish { get; } = new()
    {
        { "47455420 2f204854 54502f31 2e310d0a", "frame_too_long" }, // GET / HTTP/1.1
        { "16030100 c2010000 be0303", "frame_too_long" }, // the beginning of TLS
        { "00000000", "bad_frame" },
        { "7fffffff", "frame_too_long" },
        { "80000000", "frame_too_long" },
        { "00001001", "frame_too_long" }, // one byte more than 4096
        { "00000001 c1", "bad_frame" }, // a byte that MessagePack does not have
        { "00000005 ddffffffff", "bad_frame" }, // an array of four billion
        { "00000002 9142", "bad_frame" }, // a line before the log-in
        { "00000002 9144", "bad_frame" }, // a pong before the log-in
        { "00000003 91cd03 e8", "bad_frame" }, // a type nobody has, cut short
        { "00000008 9541 01a0 01a0 01 01", "bad_frame" }, // fields after the message's end
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Connect_RubbishInsteadOfALogIn_IsRefusedWithACode(string hex, string code)
    {
        using var player = new RawPlayer(shared.Pair);
        await player.SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        ServerRefused refused = await player.ReadRefusalAsync();

        Assert.Equal(code, refused.Code);
        Assert.NotEqual(code, refused.Text);
    }

    [Theory]
    [InlineData("", "bad_name")]
    [InlineData("   ", "bad_name")]
    [InlineData("ㅤㅤ", "bad_name")] // U+3164, the filler that looks like nothing
    [InlineData("⠀", "bad_name")] // U+2800
    [InlineData("가\u200B나", "bad_name")]
    [InlineData("가\u202E나", "bad_name")]
    [InlineData("가\n나", "bad_name")]
    [InlineData("가\u001b[2J", "bad_name")]
    [InlineData("열두글자를넘는이름은안됩니다정말", "bad_name")]
    public async Task LogIn_BadName_IsRefused(string name, string code)
    {
        using var player = new RawPlayer(shared.Pair);
        await player.SendAsync(RawPlayer.LogInOf(name));

        Assert.Equal(new ServerRefused(code, "This name cannot be used."), await player.ReadRefusalAsync());
    }

    [Fact]
    public async Task LogIn_BadPlaceOrVersion_IsRefused()
    {
        ClientLogIn good = RawPlayer.LogInOf("누구");
        foreach ((ClientLogIn logIn, string code) in ((ClientLogIn, string)[])[
            (good with { Map = "" }, "bad_map"),
            (good with { Map = "가\0나" }, "bad_map"),
            (good with { Channel = 0 }, "bad_channel"),
            (good with { Channel = 21 }, "bad_channel"),
            (good with { Channel = int.MinValue }, "bad_channel"),
            (good with { ProtocolVersion = 2 }, "protocol_version")])
        {
            using var player = new RawPlayer(shared.Pair);
            await player.SendAsync(logIn);
            Assert.Equal(code, (await player.ReadRefusalAsync()).Code);
        }

        // None of them has taken the name.
        using var last = new RawPlayer(shared.Pair);
        Assert.Equal("누구", (await last.LogInAsync("누구")).Name);
    }

    [Fact]
    public async Task LogIn_NameIsNoUtf8_IsRefused()
    {
        using var player = new RawPlayer(shared.Pair);
        // [65, 1, <c0 80>, 1, "m", 1]
        await player.SendPayloadAsync([0x96, 0x41, 0x01, 0xA2, 0xC0, 0x80, 0x01, 0xA1, 0x6D, 0x01]);

        Assert.Equal("bad_frame", (await player.ReadRefusalAsync()).Code);
    }

    [Fact]
    public async Task LogIn_Twice_TheConnectionEndsWithTheReason()
    {
        using var player = new RawPlayer(shared.Pair);
        await player.LogInAsync("두번이");
        await player.SendAsync(RawPlayer.LogInOf("두번이"));

        Assert.Equal("bad_frame", (await player.ReadRefusalAsync()).Code);
    }

    [Fact]
    public async Task LogIn_NameInUse_IsRefusedInTheLanguageOfTheAsker()
    {
        using var first = new RawPlayer(shared.Pair);
        await first.LogInAsync("먼저온이");
        using var second = new RawPlayer(shared.Pair);
        await second.SendAsync(RawPlayer.LogInOf("먼저온이".Normalize(NormalizationForm.FormD)) with { Language = Language.English });

        Assert.Equal(new ServerRefused("name_taken", "먼저온이 is logged in already."), await second.ReadRefusalAsync());
        Assert.Equal("same_map", (await first.AskAsync(1, "/find 먼저온이")).Code);
    }

    [Fact]
    public async Task Connect_ByteByByte_LogsIn()
    {
        using var player = new RawPlayer(shared.Pair);
        var frame = new System.Buffers.ArrayBufferWriter<byte>();
        PlayerFraming.WriteFrame(frame, RawPlayer.LogInOf("느긋한이"));
        for (int index = 0; index < frame.WrittenCount; index++)
        {
            await player.SendAsync(frame.WrittenMemory.Slice(index, 1));
        }

        Assert.Equal("느긋한이", (await player.ReadAsync<ServerLoggedIn>()).Name);
    }
}
