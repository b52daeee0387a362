using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace IpcBench.Mechanisms.Pipes;

/// <summary>Descriptors that both processes inherit; closed here as soon as they have.</summary>
internal sealed class InheritedDescriptors(Place place, SafeFileHandle[] descriptors) : Stage(place with { Value = Numbers(descriptors) })
{
    internal override void Started()
    {
        foreach (SafeFileHandle descriptor in descriptors)
        {
            descriptor.Dispose();
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        Started();
        return base.DisposeAsync();
    }

    private static string Numbers(SafeFileHandle[] descriptors) =>
        string.Join(',', descriptors.Select(descriptor => descriptor.DangerousGetHandle().ToString(CultureInfo.InvariantCulture)));
}
