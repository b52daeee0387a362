using System.Text;
using ChannelD.Commands;
using ChannelD.Tests.Support;

namespace ChannelD.Tests.Commands;

public class CommandRegistryTests
{
    [Theory]
    [InlineData("찾기", "find")]
    [InlineData("find", "find")]
    [InlineData("FIND", "find")]
    [InlineData("ﬁnd", "find")]
    [InlineData("누구", "who")]
    [InlineData("who", "who")]
    [InlineData("이동", "move")]
    [InlineData("move", "move")]
    [InlineData("캐시샵", "cashshop")]
    [InlineData("CashShop", "cashshop")]
    [InlineData("찾기!", "find_details")]
    [InlineData("FIND!", "find_details")]
    [InlineData("채널", "channel")]
    [InlineData("숨기", "hide")]
    [InlineData("도움말", "help")]
    [InlineData("help", "help")]
    [InlineData("말", "say")]
    [InlineData("귓속말", "whisper")]
    [InlineData("귓", "whisper")]
    [InlineData("W", "whisper")]
    [InlineData("답장", "reply")]
    [InlineData("r", "reply")]
    [InlineData("확성기", "megaphone")]
    [InlineData("공지", "notice")]
    [InlineData("감시", "trace")]
    public void Find_BuiltInName_InAnySpelling(string typed, string id)
    {
        using var channel = new TestChannel();
        CommandRegistry commands = channel.Service<CommandRegistry>();
        Assert.Equal(id, commands.Find(typed)?.Description.Id);
        Assert.Equal(id, commands.Find(typed.Normalize(NormalizationForm.FormD))?.Description.Id);
    }

    [Fact]
    public void All_EveryCommandOfTheAssembly_IsFoundOnceInTheOrderOfIds()
    {
        using var channel = new TestChannel();
        IReadOnlyList<IPlayerCommand> all = channel.Service<CommandRegistry>().All;
        IEnumerable<Type> classes = typeof(IPlayerCommand).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false }
            && type.IsAssignableTo(typeof(IPlayerCommand)));
        Assert.Equal(classes.OrderBy(type => type.FullName), all.Select(command => command.GetType()).OrderBy(type => type.FullName));
        Assert.Equal(all.Select(command => command.Description.Id).Order(StringComparer.Ordinal), all.Select(command => command.Description.Id));
    }

    [Fact]
    public void Find_Rubbish_IsNullAndNeverThrows()
    {
        var commands = new CommandRegistry([new Fakes.Command(Fakes.Description())]);
        foreach (string rubbish in new[] { "", "\uD800", "\uFFFE", "\0", "찾", new string('\u0301', 1_000_000), "／fake", "fake\u200B" })
        {
            Assert.Null(commands.Find(rubbish));
        }
    }

    [Fact]
    public void Constructor_SameId_IsRefusedNamingBoth()
    {
        string message = Refusal(Fakes.Description("a", ["x"]), Fakes.Description("a", ["y"]));
        Assert.Contains("the id 'a'", message, StringComparison.Ordinal);
        Assert.Contains(typeof(Fakes.Command).FullName!, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SameNameInOtherSpelling_IsRefused()
    {
        Assert.Contains("'/Roll'", Refusal(Fakes.Description("a", ["roll"]), Fakes.Description("b", ["Roll"])), StringComparison.Ordinal);
        string decomposed = "찾기".Normalize(NormalizationForm.FormD);
        Refusal(Fakes.Description("a", ["찾기"]), Fakes.Description("b", [decomposed]));
        Refusal(Fakes.Description("a", ["same", "same"]));
    }

    [Fact]
    public void Constructor_UnsoundDescription_IsRefusedSayingWhy()
    {
        AssertRefused("code 'x' twice", Fakes.Description(texts: [new("x", "가", "a"), new("x", "나", "b")]));
        AssertRefused("code 'usage' twice", Fakes.Description(texts: new CommandText("usage", "가", "a")));
        AssertRefused("lacks a language", Fakes.Description(texts: new CommandText("x", "가", " ")));
        AssertRefused("other places", Fakes.Description(texts: new CommandText("x", "{0}", "{1}")));
        AssertRefused("its code 'X y'", Fakes.Description(texts: new CommandText("X y", "가", "a")));
        AssertRefused("its id 'No'", Fakes.Description("No", ["n"]));
        AssertRefused("no name", Fakes.Description(names: []));
        AssertRefused("its name '/x'", Fakes.Description(names: ["/x"]));
        AssertRefused("its name 'a b'", Fakes.Description(names: ["a b"]));
        AssertRefused("its name ''", Fakes.Description(names: [""]));
        AssertRefused("its name", Fakes.Description(names: ["\uD800"]));
    }

    private static void AssertRefused(string why, CommandDescription description) =>
        Assert.Contains(why, Refusal(description), StringComparison.Ordinal);

    private static string Refusal(params CommandDescription[] descriptions) => Assert.Throws<InvalidOperationException>(
        () => new CommandRegistry(descriptions.Select(description => new Fakes.Command(description)))).Message;
}
