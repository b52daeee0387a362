using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using ChannelD.Moderation;
using ChannelD.Tests.Support;
using Microsoft.Extensions.Options;

namespace ChannelD.Tests.Moderation;

public class GameMastersTests
{
    private static readonly string s_hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("열려라 참깨")));

    [Theory]
    [InlineData("운영자", "열려라 참깨", true, 3)]
    [InlineData("운영자", "열려라 참깨 ", false, 0)]
    [InlineData("운영자", "", false, 0)]
    [InlineData("운영자", null, false, 0)]
    [InlineData("gm", "열려라 참깨", true, 1)]
    [InlineData("Gm", "x", false, 0)]
    [InlineData("전사", null, true, 0)]
    [InlineData("전사", "x", true, 0)]
    public void TryAdmit_NameAndKey_AdmitsPlayersAndThoseWithTheirKey(string name, string? key, bool isAdmitted, int tier)
    {
        var masters = new GameMasters(Options.Create(new ChannelOptions { GameMasters = [$"운영자:3:{s_hash}", $"GM:1:{s_hash.ToLowerInvariant()}"] }));
        Assert.Equal(isAdmitted, masters.TryAdmit(TestNames.Name(name), key, out int found));
        Assert.Equal(tier, found);
        Assert.Equal((3, 1, 0), (masters.TierOf("운영자"), masters.TierOf("gm"), masters.TierOf("전사")));
    }

    [Fact]
    public void TryAdmit_HashOfNothing_NeedsAKeyAllTheSame()
    {
        var masters = new GameMasters(Options.Create(new ChannelOptions { GameMasters = [$"a:1:{Convert.ToHexString(SHA256.HashData([]))}"] }));
        Assert.False(masters.TryAdmit(TestNames.Name("a"), null, out _));
    }

    [Fact]
    public void Use_OtherEntries_CountFromThenOn()
    {
        var masters = new GameMasters(Options.Create(new ChannelOptions { GameMasters = [$"운영자:3:{s_hash}", $"GM:1:{s_hash}"] }));
        masters.Use(new ChannelOptions { GameMasters = [$"운영자:2:{s_hash}", $"새운영자:1:{s_hash}"] });
        Assert.True(masters.TryAdmit(TestNames.Name("운영자"), "열려라 참깨", out int tier));
        Assert.Equal(2, tier);
        Assert.True(masters.TryAdmit(TestNames.Name("GM"), null, out tier));
        Assert.Equal(0, tier);
        Assert.False(masters.TryAdmit(TestNames.Name("새운영자"), null, out _));
    }

    [Fact]
    public void Options_BadEntries_AllFaultsAreNamedWithoutTheHash()
    {
        var options = new ChannelOptions
        {
            GameMasters = ["a", "a b:1:" + s_hash, "c:0:" + s_hash, "d:101:" + s_hash, "e:1:" + s_hash[1..], "f:1:" + s_hash, "F:2:" + s_hash, "g:1:2:" + s_hash],
        };
        string[] faults = [.. options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!)];
        Assert.Equal(7, faults.Length);
        string[] parts = ["entry 0", "entry 1: \"a b\"", "\"c\", \"0\"", "\"d\", \"101\"", "the key of \"e\"", "entry 6: F is named twice", "entry 7"];
        Assert.All(parts.Zip(faults), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains(s_hash[1..20], StringComparison.Ordinal));
    }

    [Fact]
    public void Options_PostgresWithoutConnection_IsAFaultThatShowsNoConnection()
    {
        var options = new ChannelOptions { State = ChannelD.State.StateKind.Postgres, StateConnection = "Password=geheim" };
        ValidationResult fault = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.DoesNotContain("geheim", fault.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("Channel:StateConnection", Assert.Single(fault.MemberNames));
        Assert.Null(typeof(ChannelOptions).GetProperty(fault.MemberNames.Single()));
    }
}
