using Faults.Nemesis;

namespace Faults.Tests.Support;

/// <summary>The fault of a name, as runs draw it.</summary>
internal static class Fault
{
    public static IFault Named(string name) => AllFaults.List.Single(fault => fault.Name == name);
}
