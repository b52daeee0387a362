using Shared.Protocol.Messages.Commands;

namespace ChannelD.Commands;

/// <summary>What must be so of a command's description, whatever the other commands are.</summary>
internal static class CommandDescriptionCheck
{
    private const int MaxNameChars = 24;

    public static void AssertSound(IPlayerCommand command)
    {
        CommandDescription description = command.Description;
        Require(IsCode(description.Id), command, $"its id '{description.Id}' is not made of lower-case letters, digits and '_'");
        Require(description.Names.Count > 0, command, "it has no name");
        foreach (string name in description.Names)
        {
            bool isName = name.Length is > 0 and <= MaxNameChars && name[0] != '/' && !name.Any(char.IsWhiteSpace) && CommandLine.IsText(name);
            Require(isName, command, $"its name '{name}' is empty, longer than {MaxNameChars} characters, or has a '/' or white space");
        }

        RequireBoth(command, "usage", description.Usage.Korean, description.Usage.English, places: 0);
        RequireBoth(command, "help", description.Help.Korean, description.Help.English, places: 0);
        var codes = new HashSet<string>(StringComparer.Ordinal) { CommonCodes.Usage };
        foreach (CommandText text in description.Texts)
        {
            Require(IsCode(text.Code), command, $"its code '{text.Code}' is not made of lower-case letters, digits and '_'");
            Require(codes.Add(text.Code), command, $"it has the code '{text.Code}' twice ('{CommonCodes.Usage}' is made from its usage)");
            RequireBoth(command, $"text of '{text.Code}'", text.Korean, text.English, places: null);
        }
    }

    private static void RequireBoth(IPlayerCommand command, string what, string korean, string english, int? places)
    {
        Require(!string.IsNullOrWhiteSpace(korean) && !string.IsNullOrWhiteSpace(english), command, $"its {what} lacks a language");
        int inKorean = TextTemplate.PlacesOf(korean);
        Require(
            inKorean == TextTemplate.PlacesOf(english) && inKorean == (places ?? inKorean),
            command,
            $"its {what} has other places ({{0}}, {{1}} …) in one language than in the other, or where there can be none");
    }

    private static bool IsCode(string? text) =>
        !string.IsNullOrEmpty(text) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static void Require(bool condition, IPlayerCommand command, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The command {command.GetType().FullName} cannot be used: {what}.");
        }
    }
}
