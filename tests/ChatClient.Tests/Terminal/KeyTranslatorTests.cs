using ChatClient.Terminal;

namespace ChatClient.Tests.Terminal;

public sealed class KeyTranslatorTests
{
    private const char Escape = '\u001b';

    [Theory]
    [InlineData("가a", "가a")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\0b", "ab")]
    [InlineData("\u001b[200~하나\r\n둘\u0001\n셋\u001b[201~!", "하나 둘\u0001 셋!")]
    [InlineData("\u001b[200~\u001b[31m빨강\u001b]0;x\u0007\u001b[201~", "빨강]0;x\u0007")]
    [InlineData("\u001b[12;5Rab", "ab")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b[", "")]
    [InlineData("\u001bx", "")]
    public void Read_Characters_AreThoseMeant(string typed, string expected)
    {
        Assert.Equal(expected, string.Concat(ReadAll(typed).Where(static s => s.Key == EditorKey.Character).Select(static s => s.Character)));
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Read_LineEndTyped_IsEnter(string typed) => Assert.Equal(EditorKey.Enter, Assert.Single(ReadAll(typed)).Key);

    [Theory]
    [InlineData(ConsoleKey.LeftArrow, ConsoleModifiers.None, EditorKey.Left)]
    [InlineData(ConsoleKey.LeftArrow, ConsoleModifiers.Control, EditorKey.WordLeft)]
    [InlineData(ConsoleKey.UpArrow, ConsoleModifiers.None, EditorKey.Previous)]
    [InlineData(ConsoleKey.D, ConsoleModifiers.Control, EditorKey.DeleteOrEnd)]
    [InlineData(ConsoleKey.W, ConsoleModifiers.Control, EditorKey.KillWord)]
    [InlineData(ConsoleKey.Backspace, ConsoleModifiers.None, EditorKey.Backspace)]
    public void Read_Key_HasItsMeaning(ConsoleKey key, ConsoleModifiers modifiers, EditorKey expected)
    {
        var keys = new FakeKeys([new ConsoleKeyInfo('\0', key, false, modifiers == ConsoleModifiers.Alt, modifiers == ConsoleModifiers.Control)]);
        Assert.Equal(expected, new KeyTranslator(keys).Read().Key);
    }

    private static List<KeyStroke> ReadAll(string typed)
    {
        var translator = new KeyTranslator(new FakeKeys([.. typed.Select(static c => new ConsoleKeyInfo(c, c == Escape ? ConsoleKey.Escape : default, false, false, false))]));
        var strokes = new List<KeyStroke>();
        try
        {
            while (true)
            {
                strokes.Add(translator.Read());
            }
        }
        catch (InvalidOperationException)
        {
            return strokes;
        }
    }

    private sealed class FakeKeys(Queue<ConsoleKeyInfo> keys) : IKeySource
    {
        public FakeKeys(ConsoleKeyInfo[] keys)
            : this(new Queue<ConsoleKeyInfo>(keys))
        {
        }

        public bool IsKeyAvailable => keys.Count > 0;

        public ConsoleKeyInfo ReadKey() => keys.Dequeue();
    }
}
