using ChannelD.Commands;
using ChannelD.Tests.Support;
using Testing.Support.Folders;

namespace ChannelD.Tests.Documents;

public sealed class CommandDocumentTests
{
    private const string WriteVariable = "WRITE_COMMANDS_DOCUMENT";

    [Fact]
    public void Document_IsWhatTheCommandsSay()
    {
        using var channel = new TestChannel();
        string path = Repository.File("docs/commands.md");
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(CommandDocument.Begin, StringComparison.Ordinal);
        int end = page.IndexOf(CommandDocument.End, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, "docs/commands.md has lost the marks around what is made.");
        string written = page[begin..(end + CommandDocument.End.Length)];
        string made = CommandDocument.Make(channel.Service<CommandRegistry>().All);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, page.Replace(written, made, StringComparison.Ordinal));
            return;
        }

        Assert.True(written == made, $"docs/commands.md is stale. Write it anew: {WriteVariable}=1 dotnet test tests/ChannelD.Tests --filter {nameof(CommandDocumentTests)}");
    }

    [Fact]
    public void Make_EveryCommandAndCode_IsInIt()
    {
        using var channel = new TestChannel();
        IReadOnlyList<IPlayerCommand> all = channel.Service<CommandRegistry>().All;
        string made = CommandDocument.Make(all);
        foreach (CommandDescription command in all.Select(command => command.Description))
        {
            Assert.Contains($"\n## {command.Id}\n", made, StringComparison.Ordinal);
            Assert.All(command.Texts, text => Assert.Contains($"| `{text.Code}` | {text.Korean.Replace("|", "\\|", StringComparison.Ordinal)} |", made, StringComparison.Ordinal));
        }
    }
}
