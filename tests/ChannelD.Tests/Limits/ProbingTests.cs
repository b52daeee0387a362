using ChannelD.Directory;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Limits;

/// <summary>Nobody finds out who is there by trying names.</summary>
public sealed class ProbingTests : IDisposable
{
    private const int Allowed = 5;

    private readonly TestChannel _channel = new(limits: options =>
    {
        options.UnknownNamesPerMinute = Allowed;
        options.FindPerMinute = 0;
        options.WhisperPerMinute = 0;
    });

    private readonly SessionId _player;

    public ProbingTests()
    {
        _player = _channel.LogIn(1, "전사");
        _channel.LogIn(2, "법사");
    }

    [Fact]
    public void Find_MoreUnknownNamesThanAllowed_IsRefusedWhetherTheNextIsThereOrNot()
    {
        for (int i = 0; i < Allowed; i++)
        {
            _channel.AssertAnswer(_player, $"/찾기 없다{i}", ResultStatus.Ok, "find", "not_found", $"없다{i}");
            _channel.Time.Advance(TimeSpan.FromSeconds(1));
        }

        byte[] unknown = _channel.RunBytes(_player, "/찾기 없다9");
        Assert.Equal(unknown, _channel.RunBytes(_player, "/찾기 법사"));
        Assert.Equal(unknown, _channel.RunBytes(_player, "/찾기 없다0"));
        _channel.AssertAnswer(_player, "/찾기 법사", ResultStatus.Error, "find", "rate_limited", "55");
        Assert.Equal(_channel.RunBytes(_player, "/귓속말 없다9 x"), _channel.RunBytes(_player, "/귓속말 법사 x"));
        _channel.AssertAnswer(_player, "/귓속말 법사 x", ResultStatus.Error, "whisper", "rate_limited", "55");
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Find_AMinuteAfterTheFirst_MayTryOneMore()
    {
        for (int i = 0; i < Allowed; i++)
        {
            _channel.Run(_player, $"/찾기 없다{i}");
            _channel.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _channel.Time.Advance(TimeSpan.FromSeconds(55));
        Assert.Equal(ResultStatus.Ok, _channel.Run(_player, "/찾기 법사").Status);
        Assert.Equal(ResultStatus.Ok, _channel.Run(_player, "/찾기 또없다").Status);
        Assert.Equal("rate_limited", _channel.Run(_player, "/찾기 법사").Code);
    }

    [Fact]
    public void FindWhisperAndReply_NotFound_CountTogether()
    {
        _channel.Run(_player, "/찾기 없다0");
        _channel.Run(_player, "/귓속말 없다1 x");
        _channel.Run(_player, "/답장 x", "없다2");
        _channel.Events.Report = DeliveryStatus.Blocked;
        _channel.Run(_player, "/귓속말 법사 x");
        _channel.Run(_player, "/찾기 없다3");
        Assert.Equal("rate_limited", _channel.Run(_player, "/찾기 전사").Code);
    }

    [Fact]
    public void Find_SameNameAgainAndNamesThatAreThere_CountOnceOrNotAtAll()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal("not_found", _channel.Run(_player, "/찾기 NoBody").Message.Code);
            Assert.Equal("not_found", _channel.Run(_player, "/찾기 nobody").Message.Code);
            Assert.Equal("same_map", _channel.Run(_player, "/찾기 법사").Message.Code);
        }
    }

    [Fact]
    public void Find_Guarded_OtherCommandsAndPlayersGoOn()
    {
        for (int i = 0; i < Allowed; i++)
        {
            _channel.Run(_player, $"/찾기 없다{i}");
        }

        Assert.Equal("rate_limited", _channel.Run(_player, "/찾기 법사").Code);
        Assert.Equal(ResultStatus.Ok, _channel.Run(_player, "안녕").Status);
        Assert.Equal(ResultStatus.Ok, _channel.Run(TestChannel.Session(2), "/찾기 전사").Status);
        Assert.Equal(ResultStatus.Ok, _channel.Run(null, "/찾기 전사").Status);
    }

    [Fact]
    public void Find_LogOutAndIn_IsStillGuarded()
    {
        for (int i = 0; i < Allowed; i++)
        {
            _channel.Run(_player, $"/찾기 없다{i}");
        }

        _channel.Game.LogOut(_player);
        Assert.Equal("rate_limited", _channel.Run(_channel.LogIn(3, "전사"), "/찾기 법사").Code);
    }

    [Fact]
    public void Find_GameMasterOrNoGuard_MayTryAnyNumber()
    {
        SessionId master = _channel.EnterAs(1, 5, "운영자");
        using var off = new TestChannel(limits: options => (options.UnknownNamesPerMinute, options.FindPerMinute) = (0, 0));
        SessionId player = off.LogIn(1, "전사");
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal("not_found", _channel.Run(master, $"/찾기 없다{i}").Message.Code);
            Assert.Equal("not_found", off.Run(player, $"/찾기 없다{i}").Message.Code);
        }
    }

    public void Dispose() => _channel.Dispose();
}
