namespace Faults.Checker;

/// <summary>
/// What a request carries so that a misdelivered answer shows: its number, written as a name of 12 characters that nobody guesses from
/// another one. A line has it as the name to be found, and the answer gives it back.
/// </summary>
public static class Secret
{
    /// <summary>The length of a secret, in characters: the longest name there is.</summary>
    public const int Length = 12;

    private const char Mark = 'q';
    private const int Base = 36;
    private const int Bits = 56;
    private const ulong Mask = (1UL << Bits) - 1;

    // Odd, so that it has an inverse modulo 2^56: neighbouring numbers differ in most digits.
    private const ulong Factor = 0x9E3779B97F4A7C15 & Mask;

    private static readonly ulong s_inverse = InverseOf(Factor);

    /// <summary>The secret of a request.</summary>
    /// <param name="request">Its number, from 1.</param>
    public static string Of(long request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request, 1);
        return string.Create(Length, ((ulong)request * Factor) & Mask, static (text, scrambled) =>
        {
            text[0] = Mark;
            for (int i = text.Length - 1; i > 0; i--)
            {
                (scrambled, ulong digit) = Math.DivRem(scrambled, Base);
                text[i] = (char)(digit < 10 ? '0' + digit : 'a' + (digit - 10));
            }
        });
    }

    /// <summary>Finds the first secret in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="request">The number of its request.</param>
    /// <param name="end">Where the secret ends, for a search of more.</param>
    public static bool TryFind(ReadOnlySpan<char> text, out long request, out int end)
    {
        for (int start = 0; start + Length <= text.Length; start++)
        {
            if (text[start] == Mark && TryRead(text.Slice(start + 1, Length - 1), out request))
            {
                end = start + Length;
                return true;
            }
        }

        request = 0;
        end = text.Length;
        return false;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out long request)
    {
        ulong scrambled = 0;
        request = 0;
        foreach (char c in digits)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c))
            {
                return false;
            }

            scrambled = (scrambled * Base) + (ulong)(c <= '9' ? c - '0' : c - 'a' + 10);
        }

        request = (long)((scrambled * s_inverse) & Mask);
        return scrambled <= Mask && request > 0;
    }

    private static ulong InverseOf(ulong odd)
    {
        // Newton's method: each step doubles the number of right bits, from the three that an odd number has for itself.
        ulong inverse = odd;
        for (int rightBits = 3; rightBits < Bits; rightBits *= 2)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse & Mask;
    }
}
