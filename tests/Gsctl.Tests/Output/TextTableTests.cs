using Gsctl.Output;
using Shared.Terminal;

namespace Gsctl.Tests.Output;

public sealed class TextTableTests
{
    [Fact]
    public void Write_HangulBesideLatin_IsAlignedByCells()
    {
        TextTable table = new(new Column("NAME"), new Column("N", IsNumber: true), new Column("END"));
        table.Add("단풍이", "7", "x");
        table.Add("abc", "12", null);

        Assert.Equal(["NAME     N  END", "단풍이   7  x", "abc     12  -"], table.Write(null, Style.Plain));
    }

    [Fact]
    public void Write_TooWide_CutsThoseColumnsThatMayBe()
    {
        TextTable table = new(new Column("NAME", MinColumns: 6), new Column("FIXED"));
        table.Add("타락파워전사의긴이름", "0123456789");

        string[] lines = [.. table.Write(20, Style.Plain)];
        Assert.All(lines, line => Assert.True(DisplayWidth.Of(line) <= 20, line));
        Assert.Equal("타락파…   0123456789", lines[1]);
    }

    [Fact]
    public void Write_NarrowerThanItCanBe_KeepsWhatMayNotBeCut()
    {
        TextTable table = new(new Column("NAME", MinColumns: 4), new Column("FIXED"));
        table.Add("abcdefgh", "0123456789");

        Assert.Equal("abc…  0123456789", table.Write(5, Style.Plain).Last());
    }

    [Fact]
    public void Add_ControlCharacters_AreMadeHarmless()
    {
        TextTable table = new(new Column("NAME"));
        table.Add("a\e[31mb\u202e");

        Assert.Equal("a\\u001b[31mb\\u202e", table.Write(null, Style.Plain).Last());
    }

    [Theory]
    [InlineData("단풍이", 6, "단풍이")]
    [InlineData("단풍이", 5, "단풍…")]
    [InlineData("단풍이", 4, "단…")]
    [InlineData("abc", 1, "…")]
    public void Cut_NeverTakesMoreThanItMay(string text, int columns, string cut)
    {
        Assert.Equal(cut, TextTable.Cut(text, columns));
        Assert.True(DisplayWidth.Of(cut) <= columns);
    }

    [Fact]
    public void Style_Off_AddsNothing()
    {
        Assert.Equal("x", Style.Plain.Bold("x"));
        Assert.Equal("\e[1mx\e[0m", new Style(isOn: true).Bold("x"));
    }
}
