using ChannelD.Commands;
using ChannelD.Commands.BuiltIn;
using Shared.Protocol.Messages.Commands;

namespace ChannelD.Catalogue;

/// <summary>
/// All sentences that this channelD's answers need, for chatD. Also those of <c>/도움말</c>: they are made here, where both languages of every
/// command are known, so that help travels as a code like everything else.
/// </summary>
public static class CommandCatalogue
{
    /// <summary>Collects the texts of all commands and the common ones.</summary>
    /// <param name="commands">The commands.</param>
    public static CatalogueResult Build(CommandRegistry commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var texts = new List<CatalogueText>(CommonTexts.All);
        foreach (IPlayerCommand command in commands.All)
        {
            AddTextsOf(command.Description, texts);
        }

        AddHelp(commands, texts);
        return new CatalogueResult(texts);
    }

    private static void AddTextsOf(CommandDescription command, List<CatalogueText> texts)
    {
        texts.Add(new CatalogueText(command.Id, CommonCodes.Usage, $"사용법: {command.Usage.Korean}", $"Usage: {command.Usage.English}"));
        if (!command.Texts.Any(text => text.Code == CommonCodes.TooLarge))
        {
            texts.Add(new CatalogueText(
                command.Id,
                CommonCodes.TooLarge,
                "너무 깁니다. 최대 {0}자까지 입력할 수 있습니다.",
                "That is too long: at most {0} characters are allowed."));
        }

        texts.AddRange(command.Texts.Select(text => new CatalogueText(command.Id, text.Code, text.Korean, text.English)));
    }

    private static void AddHelp(CommandRegistry commands, List<CatalogueText> texts)
    {
        foreach (int tier in commands.Tiers)
        {
            List<LocalText> usages = [.. commands.All.Where(command => command.Description.MinTier <= tier).Select(command => command.Description.Usage)];
            texts.Add(new CatalogueText(
                HelpCommand.Id,
                HelpCommand.ListCode(tier),
                $"명령어: {string.Join(", ", usages.Select(usage => usage.Korean))}",
                $"Commands: {string.Join(", ", usages.Select(usage => usage.English))}"));
        }

        foreach (CommandDescription command in commands.All.Select(command => command.Description))
        {
            string korean = $"{command.Usage.Korean}: {command.Help.Korean}";
            string english = $"{command.Usage.English}: {command.Help.English}";
            texts.Add(new CatalogueText(HelpCommand.Id, HelpCommand.AboutCode(command.Id), korean, english));
            if (command.MinTier == 0)
            {
                // The number comes with the answer: limits may change while chatDs keep these texts.
                texts.Add(new CatalogueText(
                    HelpCommand.Id,
                    HelpCommand.LimitedCode(command.Id),
                    $"{korean} 1분에 {{0}}번까지 쓸 수 있습니다.",
                    $"{english} At most {{0}} a minute."));
            }
        }
    }
}
