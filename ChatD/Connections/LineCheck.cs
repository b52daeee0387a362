using ChatD.Texts;
using Shared.Protocol.Requests;

namespace ChatD.Connections;

/// <summary>Refuses lines that no command can be made of, before they take room in a queue.</summary>
internal static class LineCheck
{
    /// <summary>What is wrong with a line, as a code; null where nothing is.</summary>
    public static string? FindFault(string line, int maxLineChars)
    {
        if (line.Length > maxLineChars)
        {
            return OutcomeCodes.TooLarge;
        }

        foreach (char unit in line)
        {
            if (char.IsControl(unit))
            {
                return ChatCodes.BadText;
            }
        }

        return null;
    }
}
