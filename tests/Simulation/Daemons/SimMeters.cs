using System.Diagnostics.Metrics;

namespace Simulation.Daemons;

/// <summary>Makes a daemon's meters, and ends them with it.</summary>
internal sealed class SimMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
