using IpcBench.Mechanisms;

namespace IpcBench.Running;

/// <summary>What people read of a side.</summary>
internal static class SideNames
{
    /// <summary>Its name.</summary>
    internal static string Of(Side side) => side switch
    {
        Side.C => "C",
        Side.DotNet => "C#",
        Side.Library => "library",
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "There is no such side."),
    };
}
