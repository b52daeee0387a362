using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>
/// The sentences of one code. <c>{0}</c>, <c>{1}</c> … are filled with the result's arguments; <c>{{</c> and <c>}}</c> are not needed,
/// for any other brace stands for itself.
/// </summary>
/// <param name="Command">The command's id; empty for a code that belongs to all.</param>
/// <param name="Code">The code.</param>
/// <param name="Korean">The sentence in Korean.</param>
/// <param name="English">The sentence in English.</param>
public readonly record struct CatalogueText(string Command, string Code, string Korean, string English)
{
    private const int FieldCount = 4;

    /// <summary>Writes it as an array of its four fields.</summary>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.Write(Command);
        writer.Write(Code);
        writer.Write(Korean);
        writer.Write(English);
    }

    /// <summary>Reads an array of entries.</summary>
    public static IReadOnlyList<CatalogueText> ReadAll(ref MessagePackReader reader)
    {
        int entries = reader.ReadArrayHeader();
        CatalogueText[] texts = MessagePackLists.Begin<CatalogueText>(entries);
        for (int i = 0; i < entries; i++)
        {
            MessagePackLists.Grow(ref texts, i, entries);
            int count = reader.ReadArrayHeader();
            if (count < FieldCount)
            {
                throw new MessagePackSerializationException($"A catalogue entry has {FieldCount} fields, {count} were found.");
            }

            texts[i] = new CatalogueText(
                reader.ReadString() ?? string.Empty,
                reader.ReadString() ?? string.Empty,
                reader.ReadString() ?? string.Empty,
                reader.ReadString() ?? string.Empty);
            for (int extra = FieldCount; extra < count; extra++)
            {
                reader.Skip();
            }
        }

        return texts;
    }
}
