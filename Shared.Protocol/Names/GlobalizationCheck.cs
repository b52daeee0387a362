namespace Shared.Protocol.Names;

/// <summary>
/// Asserts that the runtime can normalise text. In invariant mode <see cref="string.Normalize()"/> silently returns what it was given, and one
/// name could then be taken twice, in NFC and in NFD.
/// </summary>
public static class GlobalizationCheck
{
    /// <summary>Called once, before the daemon opens anything.</summary>
    /// <exception cref="InvalidOperationException">Hangul jamo do not compose; the message says what to set and to install.</exception>
    public static void AssertIcu() => AssertComposes(static text => text.Normalize());

    /// <summary>The same with a normalisation of the caller's, so that its failure can be tested.</summary>
    internal static void AssertComposes(Func<string, string> normalize)
    {
        const string Jamo = "\u1112\u1161\u11AB";
        const string Syllable = "\uD55C";
        if (!string.Equals(normalize(Jamo), Syllable, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                "This process cannot normalise Unicode text (the jamo U+1112 U+1161 U+11AB do not compose to U+D55C), so names cannot be "
                + "compared. Set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 and install ICU (Debian, Ubuntu: libicu; Alpine: icu-libs icu-data-full).");
        }
    }
}
