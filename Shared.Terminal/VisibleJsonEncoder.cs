using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Shared.Terminal;

/// <summary>Leaves Hangul and all other letters readable in JSON, and escapes everything that <see cref="VisibleText"/> escapes.</summary>
public static class VisibleJsonEncoder
{
    /// <summary>The encoder. Safe on every thread.</summary>
    public static JavaScriptEncoder Instance { get; } = Create();

    private static JavaScriptEncoder Create()
    {
        // The base encoder allows format characters; characters beyond the first plane it always escapes.
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        for (int value = 0; value <= char.MaxValue; value++)
        {
            if (Rune.IsValid(value) && !VisibleText.IsHarmless(new Rune(value)))
            {
                settings.ForbidCharacter((char)value);
            }
        }

        return JavaScriptEncoder.Create(settings);
    }
}
