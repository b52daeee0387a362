using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using IpcBench.Mechanisms.Library;
using IpcBench.Running;

namespace Bench.Tests.Mechanisms;

public sealed class MechanismTests
{
    private const int Count = 100;

    /// <summary>All that can be measured here; a broker takes its time, and has a test of its own.</summary>
    public static TheoryData<string, string> Subjects()
    {
        var data = new TheoryData<string, string>();
        foreach (Mechanism mechanism in MechanismCatalogue.All.Where(mechanism => mechanism.Id != "rabbitmq" && mechanism.MissingReason is null))
        {
            data.Add(mechanism.Id, mechanism.Side.ToString());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task Measure_AllSizesAndNumbersInFlight_EveryByteComesBack(string id, string side) => await EchoAsync(id, Enum.Parse<Side>(side));

    [RequiresBrokerFact]
    public async Task Measure_RabbitMq_EveryByteComesBack() => await EchoAsync("rabbitmq", Side.DotNet);

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task Measure_ByTime_CountsOnlyWhatTheTimeHolds(string id, string side)
    {
        const double Seconds = 0.05;
        await using ProcessSubject subject = await ProcessSubject.OpenAsync(MechanismCatalogue.Get(id, Enum.Parse<Side>(side)), CancellationToken.None);
        Sample sample = await subject.MeasureAsync(new Load(64, 16, Seconds), CancellationToken.None);

        // A timer counts in coarse milliseconds and may be early by one.
        Assert.True(sample.RoundTrips / sample.PerSecond >= Seconds - 0.005, $"{sample}");
        SampleAssert.IsSound(sample, inFlight: 16);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1024)]
    [InlineData(8192)]
    public void LineFor_Size_IsTheLongestThatFits(int sizeBytes)
    {
        string line = LibraryExample.LineFor(sizeBytes);
        Assert.InRange(LibraryExample.FrameBytes(line.Length), sizeBytes - 2, sizeBytes);
        Assert.True(LibraryExample.FrameBytes(line.Length + 1) > sizeBytes);
    }

    private static async Task EchoAsync(string id, Side side)
    {
        Mechanism mechanism = MechanismCatalogue.Get(id, side);
        Leftovers leftovers;
        await using (ProcessSubject subject = await ProcessSubject.OpenAsync(mechanism, CancellationToken.None))
        {
            leftovers = new Leftovers(subject.Place);
            foreach (int size in new[] { 64, 1024, 8192 })
            {
                foreach (int inFlight in new[] { 1, 64 })
                {
                    Sample sample = await subject.MeasureAsync(new Load(size, inFlight, Seconds: 0, Count), CancellationToken.None);
                    Assert.True(sample.RoundTrips >= Count, $"{sample}");
                    SampleAssert.IsSound(sample, inFlight);
                }
            }
        }

        Assert.Empty(leftovers.Find());
    }
}
