using System.Text;
using ChatClient.Terminal;
using Shared.Terminal;

namespace ChatClient.Tests.Terminal;

public sealed class LineEditorTests
{
    private readonly LineHistory _history = new();
    private readonly LineEditor _editor;

    public LineEditorTests() => _editor = new LineEditor(_history);

    [Theory]
    [InlineData("가나다", new[] { EditorKey.Left, EditorKey.Backspace }, "가|다")]
    [InlineData("가나다", new[] { EditorKey.Home, EditorKey.Delete }, "|나다")]
    [InlineData("가나다", new[] { EditorKey.Home, EditorKey.Left, EditorKey.Backspace }, "|가나다")]
    [InlineData("가나다", new[] { EditorKey.Right, EditorKey.Delete }, "가나다|")]
    [InlineData("a😀b", new[] { EditorKey.Left, EditorKey.Left }, "a|😀b")]
    [InlineData("a😀b", new[] { EditorKey.Left, EditorKey.Backspace }, "a|b")]
    [InlineData("\u1112\u1161\u11abx", new[] { EditorKey.Left, EditorKey.Left }, "|\u1112\u1161\u11abx")]
    [InlineData("\u1112\u1161\u11abx", new[] { EditorKey.Home, EditorKey.Delete }, "|x")]
    [InlineData("/찾기  타락 전사", new[] { EditorKey.WordLeft, EditorKey.KillWord }, "/찾기  |전사")]
    [InlineData("하나 둘", new[] { EditorKey.Home, EditorKey.WordRight, EditorKey.KillToEnd }, "하나|")]
    [InlineData("하나 둘", new[] { EditorKey.WordLeft, EditorKey.KillToStart }, "|둘")]
    [InlineData("하나", new[] { EditorKey.Home, EditorKey.End }, "하나|")]
    [InlineData("하나", new[] { EditorKey.DeleteOrEnd }, "하나|")]
    public void Apply_Keys_ChangeTheLine(string text, EditorKey[] keys, string expected)
    {
        Type(text);
        foreach (EditorKey key in keys)
        {
            Assert.Equal(EditorResult.Edited, _editor.Apply(new KeyStroke(key)));
        }

        Assert.Equal(expected, _editor.Line.ToString().Insert(_editor.Line.Cursor, "|"));
    }

    [Fact]
    public void Apply_History_GivesBackWhatWasUnfinished()
    {
        Submit("하나");
        Submit("둘");
        Submit("둘");
        Type("셋");

        Assert.Equal(["둘", "하나", "하나", "둘", "셋", "셋"], new[]
        {
            EditorKey.Previous, EditorKey.Previous, EditorKey.Previous, EditorKey.Next, EditorKey.Next, EditorKey.Next,
        }.Select(key =>
        {
            _editor.Apply(new KeyStroke(key));
            return _editor.Line.ToString();
        }));
    }

    [Fact]
    public void Apply_EnterOnBlanks_SendsNothing()
    {
        Type("  ");
        Assert.Equal(EditorResult.Edited, _editor.Apply(new KeyStroke(EditorKey.Enter)));
        Assert.Empty(_history.Lines);
    }

    [Fact]
    public void Apply_Interrupt_ClearsThenAsksThenEnds()
    {
        Type("반쯤");
        Assert.Equal(EditorResult.Edited, _editor.Apply(new KeyStroke(EditorKey.Interrupt)));
        Assert.Equal(0, _editor.Line.Length);
        Assert.Equal(EditorResult.AskedToEnd, _editor.Apply(new KeyStroke(EditorKey.Interrupt)));
        Type("가");
        _editor.Apply(new KeyStroke(EditorKey.Interrupt));
        Assert.Equal(EditorResult.AskedToEnd, _editor.Apply(new KeyStroke(EditorKey.Interrupt)));
        Assert.Equal(EditorResult.Ended, _editor.Apply(new KeyStroke(EditorKey.Interrupt)));
    }

    [Fact]
    public void Apply_DeleteOrEndOnEmptyLine_Ends() =>
        Assert.Equal(EditorResult.Ended, _editor.Apply(new KeyStroke(EditorKey.DeleteOrEnd)));

    [Fact]
    public void Apply_MoreThanTheBound_IsNotTaken()
    {
        Type(new string('가', LineBuffer.MaxChars + 10));
        Assert.Equal(LineBuffer.MaxChars, _editor.Line.Length);
    }

    [Fact]
    public void Apply_RandomKeys_KeepTheLinePrintableAndTheCursorOutsideCharacters()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        EditorKey[] keys = Enum.GetValues<EditorKey>();
        for (int i = 0; i < 50_000; i++)
        {
            EditorKey key = random.Next(4) > 0 ? EditorKey.Character : keys[random.Next(keys.Length)];
            char character = random.Next(3) switch
            {
                0 => (char)random.Next(0x10000),
                1 => (char)random.Next(0xD800, 0xE000),
                _ => "가\u1112\u1161\u11ab e\u0301 \u200d"[random.Next(9)],
            };
            _editor.Apply(new KeyStroke(key, character));

            string line = _editor.Line.ToString();
            int cursor = _editor.Line.Cursor;
            Assert.True(cursor >= 0 && cursor <= line.Length, $"seed {seed}, step {i}");
            Assert.True(cursor == line.Length || !char.IsLowSurrogate(line[cursor]), $"seed {seed}, step {i}");
            Assert.True(IsWhole(line), $"seed {seed}, step {i}");

            int columns = random.Next(1, 100);
            (string view, int cursorColumn) = _editor.Line.View(columns);
            Assert.True(DisplayWidth.Of(view) <= columns && cursorColumn < columns, $"seed {seed}, step {i}: {columns}");
        }
    }

    private static bool IsWhole(string line)
    {
        try
        {
            new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true).GetByteCount(line);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private void Type(string text)
    {
        foreach (char character in text)
        {
            _editor.Apply(new KeyStroke(EditorKey.Character, character));
        }
    }

    private void Submit(string text)
    {
        Type(text);
        Assert.Equal(EditorResult.Submitted, _editor.Apply(new KeyStroke(EditorKey.Enter)));
        Assert.Equal(text, _editor.Submitted);
    }
}
