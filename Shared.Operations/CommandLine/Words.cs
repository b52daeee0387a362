using System.Text;

namespace Shared.Operations.CommandLine;

/// <summary>Breaks text into lines.</summary>
internal static class Words
{
    private const int LineChars = 100;

    /// <summary>Appends a text in lines of at most 100 characters or one word, each after an indent.</summary>
    public static void AppendTo(StringBuilder output, string indent, string text)
    {
        int length = 0;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > 0 && length + 1 + word.Length > LineChars)
            {
                output.Append('\n');
                length = 0;
            }

            output.Append(length == 0 ? indent : " ").Append(word);
            length += (length == 0 ? indent.Length : 1) + word.Length;
        }

        if (length > 0)
        {
            output.Append('\n');
        }
    }
}
