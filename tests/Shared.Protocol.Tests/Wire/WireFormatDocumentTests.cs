using System.Reflection;
using System.Text.RegularExpressions;
using Shared.Protocol.Messages;
using Shared.Protocol.Tests.Wire.Golden;
using Shared.Protocol.Tests.Wire.MessagePack;
using Shared.Protocol.Wire;
using Testing.Support.Folders;

namespace Shared.Protocol.Tests.Wire;

/// <summary>Peers in other languages are written from <c>docs/wire-format.md</c>: what it shows must be what the code does.</summary>
public sealed partial class WireFormatDocumentTests
{
    private readonly string _document = File.ReadAllText(Repository.File("docs/wire-format.md"));

    [Fact]
    public void Examples_AreTheGoldenFrames()
    {
        string[] examples = [.. HexBlock().Matches(_document).Select(match => Hex.Of(Hex.Bytes(match.Groups[1].Value.Trim())))];
        Assert.Equal(4, examples.Length);
        Assert.All(examples.Where(example => !BatchFormat.IsBatch(Hex.Bytes(example))), example => Assert.Contains(GoldenFrames.All, golden => Hex.Of(golden.Frame) == example));
    }

    [Fact]
    public void Example_OfABatch_IsWhatTheCodeWrites()
    {
        byte[] example = HexBlock().Matches(_document).Select(match => Hex.Bytes(match.Groups[1].Value.Trim())).Single(bytes => BatchFormat.IsBatch(bytes));
        Assert.True(BatchFormat.TryBegin(example, out ReadOnlySpan<byte> frames, out int count));
        var writer = new BatchWriter();
        for (int i = 0; i < count; i++)
        {
            Assert.True(BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> frame));
            writer.Add(frame);
        }

        Assert.Equal(2, count);
        Assert.Equal(Hex.Of(example), Hex.Of(writer.Finished));
    }

    [Fact]
    public void Messages_EachHasARowWithItsNumber()
    {
        IEnumerable<FieldInfo> types = typeof(MessageTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral);
        Assert.All(types, type => Assert.Contains($"| {type.GetRawConstantValue()} | {type.Name} |", _document, StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_EachRowListsAsManyFieldsAsTheMessageHas()
    {
        // Some leave out their last fields where they say nothing: the longest has them all.
        IEnumerable<IGoldenMessage> longest = GoldenMessages.All
            .Where(golden => !golden.Name.StartsWith("ResultBody", StringComparison.Ordinal))
            .GroupBy(golden => golden.Name)
            .Select(messages => messages.MaxBy(golden => golden.GoldenBytes[0])!);
        foreach (IGoldenMessage golden in longest)
        {
            Match row = Regex.Match(_document, $@"^\| {golden.TypeNumber} \| {golden.Name} \| [^|]+ \| ([^|]+) \|", RegexOptions.Multiline);
            int fields = row.Groups[1].Value.Trim() == "–" ? 0 : Field().Count(row.Groups[1].Value);
            Assert.Equal((golden.Name, (golden.GoldenBytes[0] & 0x0f) - 1), (golden.Name, fields));
        }
    }

    [Fact]
    public void Limits_AreThoseOfTheCode()
    {
        Assert.Contains($"The envelope takes {EnvelopeFormat.MaxOverheadBytes} bytes at most", _document, StringComparison.Ordinal);
        Assert.Contains($"{FramePart.MinCount} ≤ count ≤ {FramePart.MaxCount}", _document, StringComparison.Ordinal);
    }

    [GeneratedRegex("```hex\n([^`]+)```")]
    private static partial Regex HexBlock();

    [GeneratedRegex(@"[a-z_]+: ")]
    private static partial Regex Field();
}
