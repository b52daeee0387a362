namespace Faults.Checker.Tests;

public sealed class SecretTests
{
    [Fact]
    public void TryFind_ItsOwn_GivesTheNumberBack()
    {
        long[] numbers = [1, 2, 3, 1000, 5_000_000, int.MaxValue, (1L << 56) - 1];
        foreach (long number in numbers)
        {
            string secret = Secret.Of(number);
            Assert.Equal(Secret.Length, secret.Length);
            Assert.True(Secret.TryFind($"/찾기 {secret}님", out long found, out int end));
            Assert.Equal((number, 4 + Secret.Length), (found, end));
        }
    }

    [Fact]
    public void Of_Neighbours_DifferInMostDigits()
    {
        for (long number = 1; number < 1000; number++)
        {
            int equal = Secret.Of(number).Zip(Secret.Of(number + 1)).Count(pair => pair.First == pair.Second);
            Assert.InRange(equal, 1, Secret.Length / 2);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("q")]
    [InlineData("q0123456789")]
    [InlineData("Q01234567890")]
    [InlineData("q0123456789A")]
    [InlineData("qzzzzzzzzzzz")]
    public void TryFind_None_IsFalse(string text) => Assert.False(Secret.TryFind(text, out _, out _));
}
