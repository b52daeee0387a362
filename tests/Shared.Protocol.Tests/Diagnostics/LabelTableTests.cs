using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Tests.Diagnostics;

public sealed class LabelTableTests
{
    private readonly LabelTable<object> _table = new(2, static _ => new object());

    [Fact]
    public void Of_TheSameWord_IsTheSameObjectWhateverCameBetween()
    {
        object find = _table.Of("find");
        object none = _table.Of(string.Empty);
        Assert.NotSame(find, none);
        Assert.Same(find, _table.Of(string.Concat("fi", "nd".AsSpan())));
        Assert.Same(none, _table.Of(string.Empty));
        Assert.Equal(["find", "none"], _table.All.Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_BeyondTheBound_IsOneForAllOthers()
    {
        object[] known = [_table.Of("a"), _table.Of("b")];
        object other = _table.Of("c");
        Assert.Same(other, _table.Of("d"));
        Assert.Same(other, _table.Of(new string('e', 1000)));
        Assert.Equal(known, [_table.Of("a"), _table.Of("b")]);
        Assert.Equal(["a", "b", "other"], _table.All.Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_KnownWordsInTurn_TakesNoMemory()
    {
        string[] words = ["a", "b"];
        _ = _table.Of(words[0]);
        _ = _table.Of(words[1]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = _table.Of(words[i % 2]);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Of_FromManyThreads_GivesAllTheSameObject()
    {
        var table = new LabelTable<object>(100, static _ => new object());
        string[] words = [.. Enumerable.Range(0, 50).Select(word => $"word{word}")];
        object[][] seen = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => words.Select(table.Of).ToArray())));
        Assert.All(seen, objects => Assert.Equal(seen[0], objects));
    }
}
