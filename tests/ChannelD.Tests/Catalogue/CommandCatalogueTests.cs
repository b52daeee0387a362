using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChannelD.Tests.Catalogue;

public class CommandCatalogueTests : IDisposable
{
    private readonly TestChannel _channel = new();

    [Fact]
    public void Build_EveryText_HasBothLanguagesAndTheSamePlaces()
    {
        IReadOnlyList<CatalogueText> texts = _channel.Game.Catalogue.Texts;
        Assert.True(texts.Count > 30);
        foreach (CatalogueText text in texts)
        {
            // "{0}: {1}" is the same in every language.
            Assert.True(text.Korean.Any(c => c is >= '가' and <= '힣') || !text.English.Any(char.IsLetter), $"{text.Command} {text.Code} is not in Korean.");
            Assert.DoesNotContain(text.English, c => c is >= '가' and <= '힣');
            Assert.NotEmpty(text.English);
            int places = TextTemplate.PlacesOf(text.Korean);
            Assert.Equal(places, TextTemplate.PlacesOf(text.English));
            Assert.True((places & (places + 1)) == 0, $"{text.Command} {text.Code}: places start at 0 and leave none out.");
            Assert.DoesNotContain(text.Korean + text.English, char.IsControl);
        }

        Assert.Equal(texts.Count, texts.Select(text => (text.Command, text.Code)).Distinct().Count());
    }

    [Fact]
    public void CommonTexts_EveryCodeOfTheRequestLayerAndTheCommonOnes_HasOne()
    {
        IEnumerable<string> codes = new[] { typeof(OutcomeCodes), typeof(CommonCodes) }
            .SelectMany(type => type.GetFields())
            .Select(field => (string)field.GetRawConstantValue()!)
            .Distinct();
        Assert.Equal(codes.Order(StringComparer.Ordinal), CommonTexts.All.Select(text => text.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Build_Texts_FitTheOldWiresEvenWithLongArguments()
    {
        // 1024 bytes with the NUL: what the text wire carries. Names and maps are at most 64 and 96 bytes.
        string[] arguments = [new string('가', 21), new string('나', 32)];
        foreach (CatalogueText text in _channel.Game.Catalogue.Texts.Where(text => text.Command != "who"))
        {
            foreach (Language language in Enum.GetValues<Language>())
            {
                string rendered = _channel.Game.Texts.Render(language, text.Command, text.Code, arguments);
                Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(rendered), 1, 1023);
            }
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
