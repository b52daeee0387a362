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
    [InlineData("\u001b[[Ax", "x")]
    [InlineData("\u001b[1\u0663~", "\u0663~")]
    [InlineData("\u001b[3가", "가")]
    [InlineData("\u001b[200~가\u001b\u001b[201~\t", "가 ")]
    [InlineData("\u001b[200~가\u001b[3\u001b[201~\t", "가 ")]
    [InlineData("\u001b[200~가\u001b[\u001b[201~\t", "가 ")]
    [InlineData("\u001b[200~가\u001bO\u001b[201~\t", "가O ")]
    [InlineData("\u001b[200~\u001b[200~가\u001b[201~\t", "가 ")]
    public void Read_Characters_AreThoseMeant(string typed, string expected)
    {
        Assert.Equal(expected, string.Concat(ReadAll(typed).Where(static s => s.Key == EditorKey.Character).Select(static s => s.Character)));
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Read_LineEndTyped_IsEnter(string typed) => Assert.Equal(EditorKey.Enter, Assert.Single(ReadAll(typed)).Key);

    [Theory]
    [InlineData(ConsoleKey.D, ConsoleModifiers.Control, EditorKey.DeleteOrEnd)]
    [InlineData(ConsoleKey.W, ConsoleModifiers.Control, EditorKey.KillWord)]
    [InlineData(ConsoleKey.C, ConsoleModifiers.Control, EditorKey.Interrupt)]
    [InlineData(ConsoleKey.Z, ConsoleModifiers.Control, EditorKey.Suspend)]
    [InlineData(ConsoleKey.Backspace, ConsoleModifiers.None, EditorKey.Backspace)]
    public void Read_Key_HasItsMeaning(ConsoleKey key, ConsoleModifiers modifiers, EditorKey expected)
    {
        var keys = new FakeKeys([new ConsoleKeyInfo('\0', key, false, modifiers == ConsoleModifiers.Alt, modifiers == ConsoleModifiers.Control)]);
        Assert.Equal(expected, new KeyTranslator(keys).Read().Key);
    }

    [Theory]
    [InlineData("\u001b[A", EditorKey.Previous)]
    [InlineData("\u001bOB", EditorKey.Next)]
    [InlineData("\u001b[D", EditorKey.Left)]
    [InlineData("\u001bOC", EditorKey.Right)]
    [InlineData("\u001b[1;2C", EditorKey.Right)]
    [InlineData("\u001b[1;5C", EditorKey.WordRight)]
    [InlineData("\u001b[1;3D", EditorKey.WordLeft)]
    [InlineData("\u001bOd", EditorKey.WordLeft)]
    [InlineData("\u001bf", EditorKey.WordRight)]
    [InlineData("\u001b\r", EditorKey.Enter)]
    [InlineData("\u001bOM", EditorKey.Enter)]
    [InlineData("\u001b[H", EditorKey.Home)]
    [InlineData("\u001b[7~", EditorKey.Home)]
    [InlineData("\u001b[4~", EditorKey.End)]
    [InlineData("\u001bOF", EditorKey.End)]
    [InlineData("\u001b[3~", EditorKey.Delete)]
    [InlineData("\u001b\u001b[3~", EditorKey.Delete)]
    public void Read_SequenceOfAKey_HasItsMeaning(string typed, EditorKey expected) => Assert.Equal(expected, Assert.Single(ReadAll(typed)).Key);

    [Fact]
    public void Read_InterruptInAPaste_IsDroppedUnlessItComesByItself()
    {
        ConsoleKeyInfo interrupt = new('\u0003', ConsoleKey.C, false, false, control: true);
        var keys = new FakeKeys([.. "\u001b[200~가".Select(Key), interrupt, Key('나')]);
        var translator = new KeyTranslator(keys);
        Assert.Equal(["가", "\u0003", "나"], Enumerable.Range(0, 3).Select(_ => translator.Read().Character.ToString()));

        keys.Type(interrupt);
        keys.Type(Key('\r'));
        keys.IsPausing = true;
        Assert.Equal([EditorKey.Interrupt, EditorKey.Enter], [translator.Read().Key, translator.Read().Key]);
    }

    private static ConsoleKeyInfo Key(char character) => new(character, character == Escape ? ConsoleKey.Escape : default, false, false, false);

    private static List<KeyStroke> ReadAll(string typed)
    {
        var translator = new KeyTranslator(new FakeKeys([.. typed.Select(Key)]));
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

        /// <summary>Whether every key comes by itself.</summary>
        public bool IsPausing { get; set; }

        public bool IsKeyAvailable => !IsPausing && keys.Count > 0;

        public void Type(ConsoleKeyInfo key) => keys.Enqueue(key);

        public void TakeSignalKeys(bool areTaken)
        {
        }

        public void Suspend()
        {
        }

        public ConsoleKeyInfo ReadKey() => keys.Dequeue();
    }
}
