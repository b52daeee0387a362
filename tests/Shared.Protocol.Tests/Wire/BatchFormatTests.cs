using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Wire;

public sealed class BatchFormatTests
{
    [Fact]
    public void Batch_TwoFrames_HasTheseBytes()
    {
        var writer = new BatchWriter();
        writer.Add([0x9A, 0x01]);
        writer.Add([0x9A, 0x02, 0x03]);
        Assert.Equal("dc000302c500029a01c500039a0203", Convert.ToHexStringLower(writer.Finished));
    }

    [Fact]
    public void Batch_OneFrame_IsThatFrame()
    {
        var writer = new BatchWriter();
        writer.Add([0x9A, 0x01]);
        Assert.Equal("9a01", Convert.ToHexStringLower(writer.Finished));
        writer.Clear();
        writer.Add([0x9A, 0x07]);
        Assert.Equal("9a07", Convert.ToHexStringLower(writer.Finished));
    }

    [Theory]
    [InlineData("dc000302c500029a01c500039a0203")]
    [InlineData("9302c4029a01c4039a0203")]
    [InlineData("dd0000000302c6000000029a01c4039a0203")]
    public void TryTake_AnyEncoding_GivesTheFrames(string hex)
    {
        Assert.True(BatchFormat.TryBegin(Convert.FromHexString(hex), out ReadOnlySpan<byte> frames, out int count));
        Assert.Equal(2, count);
        Assert.True(BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> first));
        Assert.True(BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> second));
        Assert.Equal(("9a01", "9a0203"), (Convert.ToHexStringLower(first), Convert.ToHexStringLower(second)));
        Assert.False(BatchFormat.TryTake(ref frames, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("9a01")]
    [InlineData("90")]
    [InlineData("93c0")]
    [InlineData("9303c4029a01")]
    [InlineData("c4029a01")]
    [InlineData("dcffff02c500029a01")]
    public void TryBegin_NoBatch_IsNone(string hex) => Assert.False(BatchFormat.IsBatch(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("9302c4059a01")]
    [InlineData("9302c0c0")]
    [InlineData("9302c6ffffffff9a01")]
    public void TryTake_CutOffOrLying_EndsThere(string hex)
    {
        Assert.True(BatchFormat.TryBegin(Convert.FromHexString(hex), out ReadOnlySpan<byte> frames, out _));
        int taken = 0;
        while (BatchFormat.TryTake(ref frames, out _))
        {
            taken++;
        }

        Assert.InRange(taken, 0, 1);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(20261121)]
    public void Batch_RandomFrames_ComeOutAsTheyWentIn(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            var writer = new BatchWriter();
            var put = new List<string>();
            int maxBytes = random.Next(100, 20_000);
            while (true)
            {
                byte[] frame = new byte[random.Next(0, 400)];
                random.NextBytes(frame);
                if (!writer.Fits(frame.Length, maxBytes))
                {
                    break;
                }

                writer.Add(frame);
                put.Add(Convert.ToHexString(frame));
            }

            if (put.Count < 2)
            {
                continue;
            }

            Assert.InRange(writer.Finished.Length, 1, maxBytes);
            Assert.True(BatchFormat.TryBegin(writer.Finished, out ReadOnlySpan<byte> frames, out int count));
            Assert.Equal(put.Count, count);
            foreach (string expected in put)
            {
                Assert.True(BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> frame));
                Assert.Equal(expected, Convert.ToHexString(frame));
            }
        }
    }
}
