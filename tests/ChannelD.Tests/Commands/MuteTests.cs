using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Commands;

public sealed class MuteTests : IDisposable
{
    private readonly Muted _muted = new();
    private readonly TestChannel _channel;
    private readonly SessionId _player;

    public MuteTests()
    {
        _channel = new TestChannel(add: services => services.AddSingleton<IMutes>(_muted));
        _player = _channel.LogIn(1, "Straße");
        _channel.LogIn(2, "나");
    }

    [Theory]
    [InlineData("안녕", "say")]
    [InlineData("/말 안녕", "say")]
    [InlineData("/귓속말 나 안녕", "whisper")]
    [InlineData("/답장 안녕", "reply")]
    [InlineData("/확성기 안녕", "megaphone")]
    public void Run_SpeechOfAMutedOne_IsRefusedWithTheTimeLeftAndTheReason(string line, string command)
    {
        Mute(TimeSpan.FromMinutes(10), "도배");
        _channel.AssertAnswer(_player, line, ResultStatus.Error, command, "muted", "10", "0", "도배");
        Assert.Empty(_channel.Events.Pushed);
    }

    [Theory]
    [InlineData(600_000, "10", "0")]
    [InlineData(599_001, "10", "0")]
    [InlineData(61_000, "1", "1")]
    [InlineData(59_000, "0", "59")]
    [InlineData(1, "0", "1")]
    public void Run_Muted_TimeIsRoundedUp(int leftMs, string minutes, string seconds)
    {
        Mute(TimeSpan.FromMilliseconds(leftMs), "도배");
        _channel.AssertAnswer(_player, "안녕", ResultStatus.Error, "say", "muted", minutes, seconds, "도배");
    }

    [Fact]
    public void Run_Muted_IsToldInBothLanguages()
    {
        Mute(TimeSpan.FromSeconds(75), "도배");
        Assert.Equal("채팅이 금지되어 있습니다. 남은 시간: 1분 15초, 사유: 도배", _channel.RunText(_player, "안녕"));
        Assert.Equal("You are muted for another 1 min 15 s. Reason: 도배", _channel.RunText(_player, "hi", Language.English));
        Mute(TimeSpan.FromSeconds(75), string.Empty);
        Assert.Equal("You are muted for another 1 min 15 s. Reason: -", _channel.RunText(_player, "hi", Language.English));
    }

    [Fact]
    public void Run_MuteIsOver_IsHeardAgain()
    {
        Mute(TimeSpan.FromSeconds(5), "도배");
        Assert.Equal("muted", _channel.Run(_player, "안녕").Code);
        _channel.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(_channel.Run(_player, "안녕").Code);
    }

    [Theory]
    [InlineData("/찾기 나")]
    [InlineData("/누구")]
    [InlineData("/도움말")]
    public void Run_CommandsThatSayNothing_AreForMutedOnesToo(string line)
    {
        Mute(TimeSpan.FromMinutes(10), "도배");
        Assert.Equal(ResultStatus.Ok, _channel.Run(_player, line).Status);
    }

    [Fact]
    public void Run_Muted_UsesUpNothing()
    {
        using var channel = new TestChannel(
            add: services => services.AddSingleton<IMutes>(_muted), limits: options => (options.SayPerMinute, options.SayBurst) = (1, 1));
        SessionId player = channel.LogIn(1, "Straße");
        _muted.Set("strasse", new Mute(channel.Time.GetUtcNow().AddSeconds(5), "도배"));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("muted", channel.Run(player, "안녕").Code);
        }

        channel.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(channel.Run(player, "안녕").Code);
        Assert.Equal("rate_limited", channel.Run(player, "안녕").Code);
    }

    public void Dispose() => _channel.Dispose();

    private void Mute(TimeSpan span, string reason) => _muted.Set("strasse", new Mute(_channel.Time.GetUtcNow() + span, reason));

    private sealed class Muted : IMutes
    {
        private readonly Dictionary<string, Mute> _mutes = new(StringComparer.Ordinal);

        public void Set(string key, Mute mute) => _mutes[key] = mute;

        public bool TryGet(string key, out Mute mute) => _mutes.TryGetValue(key, out mute);
    }
}
