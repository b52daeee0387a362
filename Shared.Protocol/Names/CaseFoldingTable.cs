namespace Shared.Protocol.Names;

/// <summary>
/// The data of full case folding: statuses C and F of Unicode 17.0 <c>CaseFolding.txt</c>. Generated; not edited by hand.
/// </summary>
/// <remarks>
/// .NET folds one character to one character only, and not by this table. To make it anew, take
/// https://www.unicode.org/Public/17.0.0/ucd/CaseFolding.txt and list what remains after
/// <code>python3 -c "print([(p[0], p[2]) for l in open('CaseFolding.txt') if (p := l.split('; ')) and len(p) > 3 and p[1] in 'CF'])"</code>
/// joining neighbours with the same distance, or with every second one left out, into one row. (Python's own
/// <c>str.casefold()</c> is the same function, of the Unicode version that the interpreter was built with.)
/// </remarks>
internal static class CaseFoldingTable
{
    /// <summary>The numbers of a row of <see cref="Rows"/>.</summary>
    public const int RowLength = 4;

    /// <summary>The characters of an entry of <see cref="Expansions"/>.</summary>
    public const int ExpansionLength = 4;

    /// <summary>
    /// Folds of one code point to one: first, last, step, distance to the fold. Sorted, not overlapping.
    /// </summary>
    public static ReadOnlySpan<int> Rows =>
    [
        0x0041, 0x005A, 1, 32, 0x00B5, 0x00B5, 1, 775, 0x00C0, 0x00D6, 1, 32, 0x00D8, 0x00DE, 1, 32, 0x0100, 0x012E, 2, 1,
        0x0132, 0x0136, 2, 1, 0x0139, 0x0147, 2, 1, 0x014A, 0x0176, 2, 1, 0x0178, 0x0178, 1, -121, 0x0179, 0x017D, 2, 1,
        0x017F, 0x017F, 1, -268, 0x0181, 0x0181, 1, 210, 0x0182, 0x0184, 2, 1, 0x0186, 0x0186, 1, 206, 0x0187, 0x0187, 1, 1,
        0x0189, 0x018A, 1, 205, 0x018B, 0x018B, 1, 1, 0x018E, 0x018E, 1, 79, 0x018F, 0x018F, 1, 202, 0x0190, 0x0190, 1, 203,
        0x0191, 0x0191, 1, 1, 0x0193, 0x0193, 1, 205, 0x0194, 0x0194, 1, 207, 0x0196, 0x0196, 1, 211, 0x0197, 0x0197, 1, 209,
        0x0198, 0x0198, 1, 1, 0x019C, 0x019C, 1, 211, 0x019D, 0x019D, 1, 213, 0x019F, 0x019F, 1, 214, 0x01A0, 0x01A4, 2, 1,
        0x01A6, 0x01A6, 1, 218, 0x01A7, 0x01A7, 1, 1, 0x01A9, 0x01A9, 1, 218, 0x01AC, 0x01AC, 1, 1, 0x01AE, 0x01AE, 1, 218,
        0x01AF, 0x01AF, 1, 1, 0x01B1, 0x01B2, 1, 217, 0x01B3, 0x01B5, 2, 1, 0x01B7, 0x01B7, 1, 219, 0x01B8, 0x01B8, 1, 1,
        0x01BC, 0x01BC, 1, 1, 0x01C4, 0x01C4, 1, 2, 0x01C5, 0x01C5, 1, 1, 0x01C7, 0x01C7, 1, 2, 0x01C8, 0x01C8, 1, 1,
        0x01CA, 0x01CA, 1, 2, 0x01CB, 0x01DB, 2, 1, 0x01DE, 0x01EE, 2, 1, 0x01F1, 0x01F1, 1, 2, 0x01F2, 0x01F4, 2, 1,
        0x01F6, 0x01F6, 1, -97, 0x01F7, 0x01F7, 1, -56, 0x01F8, 0x021E, 2, 1, 0x0220, 0x0220, 1, -130, 0x0222, 0x0232, 2, 1,
        0x023A, 0x023A, 1, 10795, 0x023B, 0x023B, 1, 1, 0x023D, 0x023D, 1, -163, 0x023E, 0x023E, 1, 10792, 0x0241, 0x0241, 1, 1,
        0x0243, 0x0243, 1, -195, 0x0244, 0x0244, 1, 69, 0x0245, 0x0245, 1, 71, 0x0246, 0x024E, 2, 1, 0x0345, 0x0345, 1, 116,
        0x0370, 0x0372, 2, 1, 0x0376, 0x0376, 1, 1, 0x037F, 0x037F, 1, 116, 0x0386, 0x0386, 1, 38, 0x0388, 0x038A, 1, 37,
        0x038C, 0x038C, 1, 64, 0x038E, 0x038F, 1, 63, 0x0391, 0x03A1, 1, 32, 0x03A3, 0x03AB, 1, 32, 0x03C2, 0x03C2, 1, 1,
        0x03CF, 0x03CF, 1, 8, 0x03D0, 0x03D0, 1, -30, 0x03D1, 0x03D1, 1, -25, 0x03D5, 0x03D5, 1, -15, 0x03D6, 0x03D6, 1, -22,
        0x03D8, 0x03EE, 2, 1, 0x03F0, 0x03F0, 1, -54, 0x03F1, 0x03F1, 1, -48, 0x03F4, 0x03F4, 1, -60, 0x03F5, 0x03F5, 1, -64,
        0x03F7, 0x03F7, 1, 1, 0x03F9, 0x03F9, 1, -7, 0x03FA, 0x03FA, 1, 1, 0x03FD, 0x03FF, 1, -130, 0x0400, 0x040F, 1, 80,
        0x0410, 0x042F, 1, 32, 0x0460, 0x0480, 2, 1, 0x048A, 0x04BE, 2, 1, 0x04C0, 0x04C0, 1, 15, 0x04C1, 0x04CD, 2, 1,
        0x04D0, 0x052E, 2, 1, 0x0531, 0x0556, 1, 48, 0x10A0, 0x10C5, 1, 7264, 0x10C7, 0x10C7, 1, 7264, 0x10CD, 0x10CD, 1, 7264,
        0x13F8, 0x13FD, 1, -8, 0x1C80, 0x1C80, 1, -6222, 0x1C81, 0x1C81, 1, -6221, 0x1C82, 0x1C82, 1, -6212, 0x1C83, 0x1C84, 1, -6210,
        0x1C85, 0x1C85, 1, -6211, 0x1C86, 0x1C86, 1, -6204, 0x1C87, 0x1C87, 1, -6180, 0x1C88, 0x1C88, 1, 35267, 0x1C89, 0x1C89, 1, 1,
        0x1C90, 0x1CBA, 1, -3008, 0x1CBD, 0x1CBF, 1, -3008, 0x1E00, 0x1E94, 2, 1, 0x1E9B, 0x1E9B, 1, -58, 0x1EA0, 0x1EFE, 2, 1,
        0x1F08, 0x1F0F, 1, -8, 0x1F18, 0x1F1D, 1, -8, 0x1F28, 0x1F2F, 1, -8, 0x1F38, 0x1F3F, 1, -8, 0x1F48, 0x1F4D, 1, -8,
        0x1F59, 0x1F5F, 2, -8, 0x1F68, 0x1F6F, 1, -8, 0x1FB8, 0x1FB9, 1, -8, 0x1FBA, 0x1FBB, 1, -74, 0x1FBE, 0x1FBE, 1, -7173,
        0x1FC8, 0x1FCB, 1, -86, 0x1FD8, 0x1FD9, 1, -8, 0x1FDA, 0x1FDB, 1, -100, 0x1FE8, 0x1FE9, 1, -8, 0x1FEA, 0x1FEB, 1, -112,
        0x1FEC, 0x1FEC, 1, -7, 0x1FF8, 0x1FF9, 1, -128, 0x1FFA, 0x1FFB, 1, -126, 0x2126, 0x2126, 1, -7517, 0x212A, 0x212A, 1, -8383,
        0x212B, 0x212B, 1, -8262, 0x2132, 0x2132, 1, 28, 0x2160, 0x216F, 1, 16, 0x2183, 0x2183, 1, 1, 0x24B6, 0x24CF, 1, 26,
        0x2C00, 0x2C2F, 1, 48, 0x2C60, 0x2C60, 1, 1, 0x2C62, 0x2C62, 1, -10743, 0x2C63, 0x2C63, 1, -3814, 0x2C64, 0x2C64, 1, -10727,
        0x2C67, 0x2C6B, 2, 1, 0x2C6D, 0x2C6D, 1, -10780, 0x2C6E, 0x2C6E, 1, -10749, 0x2C6F, 0x2C6F, 1, -10783,
        0x2C70, 0x2C70, 1, -10782, 0x2C72, 0x2C72, 1, 1, 0x2C75, 0x2C75, 1, 1, 0x2C7E, 0x2C7F, 1, -10815, 0x2C80, 0x2CE2, 2, 1,
        0x2CEB, 0x2CED, 2, 1, 0x2CF2, 0x2CF2, 1, 1, 0xA640, 0xA66C, 2, 1, 0xA680, 0xA69A, 2, 1, 0xA722, 0xA72E, 2, 1,
        0xA732, 0xA76E, 2, 1, 0xA779, 0xA77B, 2, 1, 0xA77D, 0xA77D, 1, -35332, 0xA77E, 0xA786, 2, 1, 0xA78B, 0xA78B, 1, 1,
        0xA78D, 0xA78D, 1, -42280, 0xA790, 0xA792, 2, 1, 0xA796, 0xA7A8, 2, 1, 0xA7AA, 0xA7AA, 1, -42308, 0xA7AB, 0xA7AB, 1, -42319,
        0xA7AC, 0xA7AC, 1, -42315, 0xA7AD, 0xA7AD, 1, -42305, 0xA7AE, 0xA7AE, 1, -42308, 0xA7B0, 0xA7B0, 1, -42258,
        0xA7B1, 0xA7B1, 1, -42282, 0xA7B2, 0xA7B2, 1, -42261, 0xA7B3, 0xA7B3, 1, 928, 0xA7B4, 0xA7C2, 2, 1, 0xA7C4, 0xA7C4, 1, -48,
        0xA7C5, 0xA7C5, 1, -42307, 0xA7C6, 0xA7C6, 1, -35384, 0xA7C7, 0xA7C9, 2, 1, 0xA7CB, 0xA7CB, 1, -42343, 0xA7CC, 0xA7DA, 2, 1,
        0xA7DC, 0xA7DC, 1, -42561, 0xA7F5, 0xA7F5, 1, 1, 0xAB70, 0xABBF, 1, -38864, 0xFF21, 0xFF3A, 1, 32, 0x10400, 0x10427, 1, 40,
        0x104B0, 0x104D3, 1, 40, 0x10570, 0x1057A, 1, 39, 0x1057C, 0x1058A, 1, 39, 0x1058C, 0x10592, 1, 39, 0x10594, 0x10595, 1, 39,
        0x10C80, 0x10CB2, 1, 64, 0x10D50, 0x10D65, 1, 32, 0x118A0, 0x118BF, 1, 32, 0x16E40, 0x16E5F, 1, 32, 0x16EA0, 0x16EB8, 1, 27,
        0x1E900, 0x1E921, 1, 34,
    ];

    /// <summary>
    /// Folds of one code point to two or three, all within the first plane: the code point, then its fold, padded with U+0000. Sorted.
    /// </summary>
    public const string Expansions =
        "\u00DF\u0073\u0073\u0000\u0130\u0069\u0307\u0000\u0149\u02BC\u006E\u0000\u01F0\u006A\u030C\u0000\u0390\u03B9\u0308\u0301" +
        "\u03B0\u03C5\u0308\u0301\u0587\u0565\u0582\u0000\u1E96\u0068\u0331\u0000\u1E97\u0074\u0308\u0000\u1E98\u0077\u030A\u0000" +
        "\u1E99\u0079\u030A\u0000\u1E9A\u0061\u02BE\u0000\u1E9E\u0073\u0073\u0000\u1F50\u03C5\u0313\u0000\u1F52\u03C5\u0313\u0300" +
        "\u1F54\u03C5\u0313\u0301\u1F56\u03C5\u0313\u0342\u1F80\u1F00\u03B9\u0000\u1F81\u1F01\u03B9\u0000\u1F82\u1F02\u03B9\u0000" +
        "\u1F83\u1F03\u03B9\u0000\u1F84\u1F04\u03B9\u0000\u1F85\u1F05\u03B9\u0000\u1F86\u1F06\u03B9\u0000\u1F87\u1F07\u03B9\u0000" +
        "\u1F88\u1F00\u03B9\u0000\u1F89\u1F01\u03B9\u0000\u1F8A\u1F02\u03B9\u0000\u1F8B\u1F03\u03B9\u0000\u1F8C\u1F04\u03B9\u0000" +
        "\u1F8D\u1F05\u03B9\u0000\u1F8E\u1F06\u03B9\u0000\u1F8F\u1F07\u03B9\u0000\u1F90\u1F20\u03B9\u0000\u1F91\u1F21\u03B9\u0000" +
        "\u1F92\u1F22\u03B9\u0000\u1F93\u1F23\u03B9\u0000\u1F94\u1F24\u03B9\u0000\u1F95\u1F25\u03B9\u0000\u1F96\u1F26\u03B9\u0000" +
        "\u1F97\u1F27\u03B9\u0000\u1F98\u1F20\u03B9\u0000\u1F99\u1F21\u03B9\u0000\u1F9A\u1F22\u03B9\u0000\u1F9B\u1F23\u03B9\u0000" +
        "\u1F9C\u1F24\u03B9\u0000\u1F9D\u1F25\u03B9\u0000\u1F9E\u1F26\u03B9\u0000\u1F9F\u1F27\u03B9\u0000\u1FA0\u1F60\u03B9\u0000" +
        "\u1FA1\u1F61\u03B9\u0000\u1FA2\u1F62\u03B9\u0000\u1FA3\u1F63\u03B9\u0000\u1FA4\u1F64\u03B9\u0000\u1FA5\u1F65\u03B9\u0000" +
        "\u1FA6\u1F66\u03B9\u0000\u1FA7\u1F67\u03B9\u0000\u1FA8\u1F60\u03B9\u0000\u1FA9\u1F61\u03B9\u0000\u1FAA\u1F62\u03B9\u0000" +
        "\u1FAB\u1F63\u03B9\u0000\u1FAC\u1F64\u03B9\u0000\u1FAD\u1F65\u03B9\u0000\u1FAE\u1F66\u03B9\u0000\u1FAF\u1F67\u03B9\u0000" +
        "\u1FB2\u1F70\u03B9\u0000\u1FB3\u03B1\u03B9\u0000\u1FB4\u03AC\u03B9\u0000\u1FB6\u03B1\u0342\u0000\u1FB7\u03B1\u0342\u03B9" +
        "\u1FBC\u03B1\u03B9\u0000\u1FC2\u1F74\u03B9\u0000\u1FC3\u03B7\u03B9\u0000\u1FC4\u03AE\u03B9\u0000\u1FC6\u03B7\u0342\u0000" +
        "\u1FC7\u03B7\u0342\u03B9\u1FCC\u03B7\u03B9\u0000\u1FD2\u03B9\u0308\u0300\u1FD3\u03B9\u0308\u0301\u1FD6\u03B9\u0342\u0000" +
        "\u1FD7\u03B9\u0308\u0342\u1FE2\u03C5\u0308\u0300\u1FE3\u03C5\u0308\u0301\u1FE4\u03C1\u0313\u0000\u1FE6\u03C5\u0342\u0000" +
        "\u1FE7\u03C5\u0308\u0342\u1FF2\u1F7C\u03B9\u0000\u1FF3\u03C9\u03B9\u0000\u1FF4\u03CE\u03B9\u0000\u1FF6\u03C9\u0342\u0000" +
        "\u1FF7\u03C9\u0342\u03B9\u1FFC\u03C9\u03B9\u0000\uFB00\u0066\u0066\u0000\uFB01\u0066\u0069\u0000\uFB02\u0066\u006C\u0000" +
        "\uFB03\u0066\u0066\u0069\uFB04\u0066\u0066\u006C\uFB05\u0073\u0074\u0000\uFB06\u0073\u0074\u0000\uFB13\u0574\u0576\u0000" +
        "\uFB14\u0574\u0565\u0000\uFB15\u0574\u056B\u0000\uFB16\u057E\u0576\u0000\uFB17\u0574\u056D\u0000";
}
