using System.Globalization;
using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using Measuring;

namespace IpcBench.Running;

/// <summary>The C program doing the same over a mechanism. It starts anew for each measurement; its processes have nothing to warm up.</summary>
internal sealed class CSubject(CProgram program, Mechanism mechanism) : ISubject
{
    private const int FixedFigures = 5;

    /// <summary>Its sources, beneath the folder <c>c</c>.</summary>
    internal static IReadOnlyList<string> Sources { get; } =
        ["ipc/main.c", "ipc/measure.c", "ipc/queues.c", "ipc/pipes.c", "ipc/sockets.c", "ipc/ring.c"];

    /// <summary>Is told each place before it is used; null for nobody.</summary>
    internal Action<Place>? Placed { get; init; }

    /// <inheritdoc/>
    public Side Side => Side.C;

    /// <inheritdoc/>
    public string Title => mechanism.Title;

    /// <inheritdoc/>
    public async Task<Sample> MeasureAsync(Load load, CancellationToken cancellationToken)
    {
        await using var placement = new Placement(mechanism);
        Place place = placement.Place;
        Placed?.Invoke(place);
        string line = await program.RunAsync(
            [mechanism.Id, load.SizeBytes, load.InFlight, load.Seconds, place.Folder, place.Name, place.Key, .. Quantiles.Shares.Cast<object>()],
            Deadlines.For(load),
            cancellationToken);
        long[] figures = [.. line.Split(' ').Select(figure => long.Parse(figure, CultureInfo.InvariantCulture))];
        var used = new ProcessUsage(AllocatedBytes: 0, Switches: figures[3], CpuNs: figures[2]);
        return Sample.From(new AskerFigures(figures[0], figures[1], (int)figures[4], used, figures[FixedFigures..]), used);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
