using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>The texts of all commands of a channelD, so that a new command needs no change in chatD.</summary>
/// <param name="Texts">One entry a command and code.</param>
public readonly record struct CatalogueResult(IReadOnlyList<CatalogueText> Texts) : IWireMessage<CatalogueResult>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.CatalogueResult;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(TypeNumber);
        writer.WriteArrayHeader(Texts.Count);
        foreach (CatalogueText text in Texts)
        {
            text.Write(ref writer);
        }
    }

    /// <inheritdoc/>
    public static CatalogueResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        IReadOnlyList<CatalogueText> texts = fields.Next() ? CatalogueText.ReadAll(ref reader) : [];
        fields.End(ref reader);
        return new CatalogueResult(texts);
    }
}
