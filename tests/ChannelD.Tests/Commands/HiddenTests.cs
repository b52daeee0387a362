using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Commands;

/// <summary>Who is hidden is not there, byte by byte, for whoever is of a lower tier.</summary>
public class HiddenTests : IDisposable
{
    private readonly TestChannel _channel = new();
    private readonly SessionId _player;

    public HiddenTests() => _player = _channel.LogIn(1, "모험가");

    public static TheoryData<string, string> Spellings => new()
    {
        { "GameMaster", "gamemaster" },
        { "GameMaster", "GAMEMASTER" },
        { "운영자", "운영자" },
        { "운영자", "\u110B\u116E\u11AB\u110B\u1167\u11BC\u110C\u1161" },
        { "É", "é" },
        { "É", "e\u0301" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Find_Hidden_IsByteByByteAsIfNotThere(string name, string typed)
    {
        byte[] absent = Answer(_player, "/찾기 " + typed);
        SessionId master = Master(2, name, tier: 1);
        _channel.AssertAnswer(master, "/숨기", ResultStatus.Ok, "hide", "hidden");
        Assert.Equal(absent, Answer(_player, "/찾기 " + typed));
        Assert.Equal(absent, Answer(null, "/찾기 " + typed));
        Assert.Contains(typed.Normalize(), _channel.RunText(_player, "/찾기 " + typed), StringComparison.Ordinal);

        // The same from another channelD.
        Character character = Find(name);
        _channel.Directory.Leave(master);
        Tell(character);
        Assert.Equal(absent, Answer(_player, "/찾기 " + typed));
        Tell(character with { IsHidden = false });
        Assert.NotEqual(absent, Answer(_player, "/찾기 " + typed));
    }

    [Fact]
    public void Find_HiddenByOneOfTheSameTier_IsThere()
    {
        SessionId master = Master(2, "운영자", tier: 1);
        SessionId other = Master(3, "부운영자", tier: 1);
        _channel.Run(master, "/숨기");
        _channel.AssertAnswer(other, "/찾기 운영자", ResultStatus.Ok, "find", "same_map", "운영자", "헤네시스");
        _channel.AssertAnswer(master, "/hide off", ResultStatus.Ok, "hide", "shown");
        _channel.AssertAnswer(_player, "/찾기 운영자", ResultStatus.Ok, "find", "same_map", "운영자", "헤네시스");
        _channel.AssertAnswer(master, "/숨기 해제", ResultStatus.Ok, "hide", "shown");
        _channel.AssertAnswer(master, "/숨기 뭐", ResultStatus.Error, "hide", "usage");
    }

    [Fact]
    public void Who_Hidden_IsNeitherListedNorCounted()
    {
        byte[] alone = Answer(_player, "/누구");
        SessionId master = Master(2, "운영자", tier: 1);
        _channel.Run(master, "/숨기");
        Assert.Equal(alone, Answer(_player, "/누구"));
        _channel.AssertAnswer(master, "/누구", ResultStatus.Ok, "who", "people", "헤네시스", "2", "모험가, 운영자");
    }

    [Fact]
    public void FindDetails_ForAMaster_TellsAllButWhomItMayNotKnow()
    {
        SessionId master = Master(2, "운영자", tier: 1);
        SessionId chief = Master(3, "총괄", tier: 2);
        _channel.AssertAnswer(
            master, "/찾기! 모험가", ResultStatus.Ok, "find_details", "details", "모험가", "same_channel", "same_map", "1", "헤네시스", "in_map", "no", "0", "own", "0");
        Tell(Find("모험가") with { Name = Name("멀리"), Channel = 2, EnteredAtNs = 5 });
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        CommandResult far = _channel.Run(master, "/find! 멀리").Message;
        Assert.Equal(["멀리", "other_channel", "other_channel", "2", "헤네시스", "in_map", "no", "0", "replica"], far.Arguments.Take(9));
        Assert.Equal(
            "멀리: other_channel (other_channel), channel 2, map 헤네시스, state in_map, hidden no, tier 0, source replica, 40 ms old.",
            _channel.RunText(master, "/find! 멀리", Language.English));

        byte[] absent = Answer(master, "/찾기! 총괄이");
        _channel.Run(chief, "/숨기");
        _channel.AssertAnswer(master, "/찾기! 총괄", ResultStatus.Ok, "find_details", "nothing", "총괄", "not_in_game", "not_found");
        Assert.Equal(absent.Length, Answer(master, "/찾기! 총괄").Length + "이"u8.Length);
        _channel.AssertAnswer(
            chief, "/찾기! 총괄", ResultStatus.Ok, "find_details", "details", "총괄", "same_channel", "same_map", "1", "헤네시스", "in_map", "yes", "2", "own", "0");
    }

    [Fact]
    public void FindDetails_ExpiredLease_SaysSo()
    {
        SessionId master = Master(2, "운영자", tier: 1);
        ReplicaOwner owner = Tell(Find("모험가") with { Name = Name("멀리"), Channel = 2, EnteredAtNs = 5 });
        owner.IsLive = false;
        _channel.AssertAnswer(_player, "/찾기 멀리", ResultStatus.Ok, "find", "not_found", "멀리");
        CommandResult result = _channel.Run(master, "/찾기! 멀리").Message;
        Assert.Equal(["멀리", "lease_expired", "not_found"], result.Arguments.Take(3));
        Assert.Equal("expired", result.Arguments[8]);
    }

    [Theory]
    [InlineData("/찾기! a b")]
    [InlineData("/찾기!")]
    public void FindDetails_NoName_IsUsage(string line) =>
        _channel.AssertAnswer(Master(2, "운영자", tier: 1), line, ResultStatus.Error, "find_details", "usage");

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }

    private SessionId Master(int userId, string name, int tier)
    {
        Assert.Equal(
            EnterStatus.Entered, _channel.Directory.Enter(TestChannel.Session(userId), Name(name), 1, Map("헤네시스"), tier, out _));
        return TestChannel.Session(userId);
    }

    private Character Find(string name)
    {
        Assert.True(_channel.Directory.TryFind(Name(name).Key, out Character character));
        return character;
    }

    private ReplicaOwner Tell(Character character)
    {
        ReplicaDirectory replicas = _channel.Service<ReplicaDirectory>();
        ReplicaOwner? owner = replicas.OwnerOf(1);
        if (owner is null)
        {
            owner = new ReplicaOwner(1, generation: 9) { LastHeardNs = _channel.Time.GetTimestamp() * 100 };
            replicas.SetOwner(owner);
        }

        replicas.Apply(owner, [character], [false]);
        return owner;
    }

    private byte[] Answer(SessionId? session, string line)
    {
        using var buffer = new PooledBuffer();
        var envelope = new Envelope { Kind = MessageKind.Result, RequestId = 1, Generation = 1 };
        new MessagePackCodec().Write(envelope, _channel.Run(session, line), buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
