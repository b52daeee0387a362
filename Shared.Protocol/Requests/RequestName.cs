using System.Text;

namespace Shared.Protocol.Requests;

/// <summary>The name of a kind of request as a label: <c>CommandRequest</c> is <c>command</c>. Made once for each kind.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
internal static class RequestName<TRequest>
{
    /// <summary>The name.</summary>
    public static readonly string Value = Make(typeof(TRequest).Name);

    private static string Make(string type)
    {
        const string Suffix = "Request";
        string name = type.EndsWith(Suffix, StringComparison.Ordinal) ? type[..^Suffix.Length] : type;
        StringBuilder label = new();
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && label.Length > 0)
            {
                label.Append('_');
            }

            label.Append(char.ToLowerInvariant(letter));
        }

        return label.ToString();
    }
}
