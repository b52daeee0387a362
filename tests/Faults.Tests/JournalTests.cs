using Faults.Journal;

namespace Faults.Tests;

public sealed class JournalTests
{
    [Theory]
    [InlineData("q0123456789a", "q0123456789a")]
    [InlineData("", "")]
    [InlineData("가나다라마바사아자차카타파하", "가나다라마바사아자차카타")]
    public void Read_WhatWasWritten_IsTheSameOrCutAtACharacter(string argument, string expected)
    {
        Span<byte> bytes = stackalloc byte[JournalRecord.SizeBytes];
        new JournalRecord(long.MaxValue, ulong.MaxValue, 3, 4, argument).Write(bytes);
        Assert.Equal(new JournalRecord(long.MaxValue, ulong.MaxValue, 3, 4, expected), JournalRecord.Read(bytes));
    }
}
