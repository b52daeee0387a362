using System.Text;
using ChatClient.Input;

namespace ChatClient.Tests.Input;

public sealed class StreamLineSourceTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "" })]
    [InlineData("가", new[] { "가" })]
    [InlineData("가\n", new[] { "가" })]
    [InlineData("가\r\n나\r다\n\n라", new[] { "가", "나\r다", "", "라" })]
    public async Task ReadLines_Text_IsCutAtLineEnds(string text, string[] expected)
    {
        foreach (int pieceBytes in (int[])[1, 2, 1000])
        {
            List<InputLine> lines = await ReadAsync(Encoding.UTF8.GetBytes(text), pieceBytes, 100);
            Assert.Equal(expected, lines.Select(static line => line.Text));
            Assert.All(lines, static line => Assert.Null(line.Fault));
        }
    }

    [Fact]
    public async Task ReadLines_LongLines_AreSkippedToTheirEnd()
    {
        string text = new string('x', 10) + "\n" + new string('y', 11) + "\n" + new string('z', 1000) + "\nok\n" + new string('w', 11);
        foreach (int pieceBytes in (int[])[1, 3, 5000])
        {
            List<InputLine> lines = await ReadAsync(Encoding.UTF8.GetBytes(text), pieceBytes, 10);
            Assert.Equal([null, "line_too_long", "line_too_long", null, "line_too_long"], lines.Select(static line => line.Fault));
            Assert.Equal("ok", lines[3].Text);
            Assert.Contains("1000 bytes", lines[2].FaultText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ReadLines_Cancelled_StopsAlthoughTheReadDoesNot()
    {
        using var stream = new SlowStream([], 1) { IsEndless = true };
        using var cancel = new CancellationTokenSource();
        await using IAsyncEnumerator<InputLine> lines = new StreamLineSource(stream, 10).ReadLinesAsync(cancel.Token).GetAsyncEnumerator();
        ValueTask<bool> next = lines.MoveNextAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    private static async Task<List<InputLine>> ReadAsync(byte[] bytes, int pieceBytes, int maxLineBytes)
    {
        using var stream = new SlowStream(bytes, pieceBytes);
        var lines = new List<InputLine>();
        await foreach (InputLine line in new StreamLineSource(stream, maxLineBytes).ReadLinesAsync(CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }

    private sealed class SlowStream(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public bool IsEndless { get; init; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (IsEndless)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
        }
    }
}
