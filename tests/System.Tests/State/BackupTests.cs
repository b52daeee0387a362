using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Testing.Support.Folders;
using Testing.Support.Processes;
using Testing.Support.Tools;

namespace System.Tests.State;

/// <summary>The commands of the run book by which the kept state is copied while a channelD writes it, and put back.</summary>
public sealed class BackupTests
{
    private const int Lists = 4;
    private const int ListLength = 40;

    [RequiresSqliteFact]
    public async Task Backup_WhileTheChannelWrites_IsSoundAndHasAllThatWasAnsweredBefore()
    {
        using var folder = new TempFolder();
        using var pair = new ServerPair();
        string state = folder.File("state.db");
        string copy = folder.File("copy.db");
        string[] options = [$"--Channel:StateFile={state}"];
        await pair.StartBothAsync(channel: options);
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, Lists).Select(number => pair.LogInAsync($"지키는이{number}")));
        Task<ServerResult>[][] answers = await Task.WhenAll(players.Select(static player => player.SendAllAsync(
            Enumerable.Range(0, ListLength).Select(static number => $"/차단 시끄러운이{number}"))));

        // Some have been answered, and the others are being written meanwhile.
        _ = await Task.WhenAll(answers.Select(static list => list[ListLength / 4]));
        int[] before = [.. answers.Select(static list => list.Count(static answer => answer.IsCompleted))];
        using ChildProcess backup = Run("backup", state, copy);
        Assert.True(await backup.ExitAsync() == 0, backup.ToString());
        Assert.Equal("ok", backup.Lines[^1]);
        _ = await Task.WhenAll(answers.SelectMany(static list => list));

        // Back to the copy: what came after it is gone.
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        using ChildProcess restore = Run("restore", state, copy);
        Assert.True(await restore.ExitAsync() == 0, restore.ToString());
        _ = pair.LaunchChannel(options);
        for (int i = 0; i < Lists; i++)
        {
            ServerResult list = await players[i].AskUntilAsync("/차단 목록", "list");
            int kept = int.Parse(list.Arguments[0], null);
            Assert.InRange(kept, before[i], ListLength);
            Assert.Equal(Enumerable.Range(0, kept).Select(static number => $"시끄러운이{number}").Order(), list.Arguments[2].Split(", ").Order());
            await players[i].DisposeAsync();
        }

        await pair.StopCleanlyAsync();
    }

    /// <summary>Runs the commands of a part of the run book, with other paths.</summary>
    private static ChildProcess Run(string part, string state, string copy)
    {
        string text = File.ReadAllText(Repository.File("docs/operations.md"));
        string own = text[text.IndexOf($"<!-- {part}:", StringComparison.Ordinal)..];
        string[] commands = [.. own[..own.IndexOf("<!-- end -->", StringComparison.Ordinal)].Split('\n')
            .Where(static line => line.StartsWith("    ", StringComparison.Ordinal)).Select(static line => line.Trim())];
        Assert.StartsWith("STATE=", commands[0], StringComparison.Ordinal);
        Assert.StartsWith("COPY=", commands[1], StringComparison.Ordinal);
        return new ChildProcess("bash", "-euc", $"STATE='{state}'\nCOPY='{copy}'\n{string.Join('\n', commands[2..])}");
    }
}
