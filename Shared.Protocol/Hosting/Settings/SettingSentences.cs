using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// What the options' own documentation says of them: the XML files that the compiler puts beside the programs. So a sentence is written once, at
/// the property.
/// </summary>
internal sealed class SettingSentences
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _documents = [];

    /// <summary>The sentence of an option; empty where it has none, or the file is not there.</summary>
    public string Of(Type type, PropertyInfo option)
    {
        if (!_documents.TryGetValue(type.Assembly, out Dictionary<string, XElement>? members))
        {
            _documents[type.Assembly] = members = Load(type.Assembly);
        }

        return members.TryGetValue($"P:{type.FullName?.Replace('+', '.')}.{option.Name}", out XElement? member) && member.Element("summary") is { } summary
            ? Flatten(summary)
            : string.Empty;
    }

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        try
        {
            return XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .GroupBy(member => (string?)member.Attribute("name") ?? string.Empty)
                .ToDictionary(group => group.Key, group => group.First());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            return [];
        }
    }

    private static string Flatten(XElement summary)
    {
        StringBuilder text = new();
        foreach (XNode node in summary.DescendantNodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { IsEmpty: true } reference:
                    // <see cref="P:Shared.Protocol.Hosting.IpcOptions.Mode"/>
                    string target = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? string.Empty;
                    text.Append(target[(target.LastIndexOf('.') + 1)..]);
                    break;
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
