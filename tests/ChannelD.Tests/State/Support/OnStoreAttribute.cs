using System.Reflection;
using ChannelD.State;
using Xunit.Sdk;

namespace ChannelD.Tests.State.Support;

/// <summary>Runs a theory on a store.</summary>
/// <param name="kind">The store.</param>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class OnStoreAttribute(StateKind kind) : DataAttribute
{
    public StateKind Kind { get; } = kind;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Kind]];
}
